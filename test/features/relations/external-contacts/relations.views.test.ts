import type { Database } from '../../../../src/db/database';
import { createScopes } from '../../../../src/features/kernel/scope';
import {
  historyPage,
  historyQuery,
  relationPage,
  relationQuery,
} from '../../../../src/features/relations/external-contacts/external-contacts.schema';
import {
  createExternalContactViews,
  type ExternalContactViews,
} from '../../../../src/features/relations/external-contacts/external-contacts.views';
import { openTestDatabase } from '../../../support/database';
import { vaultAtTest } from '../../../support/vault';
import { head } from '../../../support/viewers';
import { aContact, aRelation, at, walk, writer } from './rows';

let db: Database;
let close: () => Promise<void>;
let views: ExternalContactViews;
let write: ReturnType<typeof writer>;
beforeEach(async () => {
  ({ db, close } = await openTestDatabase([]));
  views = createExternalContactViews({ db, scopes: createScopes(db), vault: vaultAtTest });
  write = writer(db);
  await write.staff('s-li', 'Li', '李');
  await write.staff('s-wang', 'wang');
});
afterEach(() => close());

const relations = async (query: object = {}) =>
  relationPage.parse(await views.listRelations(relationQuery.parse(query), head));

test('tags have the names they have today; personal ones have no id; deleted ones are gone', async () => {
  const relation = aRelation(1, 's-li', 'wm1', { remark_mobiles: '["13800000000"]' });
  await write.contacts(aContact(1));
  await write.relations(relation);
  await write.corpTagGroup('g1', '等级', 1);
  await write.corpTag('et1', 'g1', { sort: 1 });
  await write.corpTag('et2', 'g1', { sort: 2 });
  await write.corpTag('et3', 'g1', { sort: 3, deleted: at });
  const row = (tag_key: string, type: number, name: string | null = null) => ({
    relation_id: relation.id,
    tag_key,
    type,
    name,
    group_name: type === 3 ? '规则组' : null,
  });
  await write.tags([
    row('name:老友', 2, '老友'),
    row('st1', 3, '区域'),
    row('et1', 1),
    row('et2', 1),
    row('et3', 1),
    row('et9', 1),
  ]);
  const [shown] = (await relations()).items;
  expect(shown?.remark_mobiles).toEqual(['13800000000']);
  expect(shown?.tags).toEqual([
    { tag_id: 'et2', name: 'name of et2', group_name: '等级', type: 'corp' },
    { tag_id: 'et1', name: 'name of et1', group_name: '等级', type: 'corp' },
    { tag_id: 'et9', name: null, group_name: null, type: 'corp' },
    { tag_id: null, name: '老友', group_name: null, type: 'personal' },
    { tag_id: 'st1', name: '区域', group_name: '规则组', type: 'rule_group' },
  ]);
});

describe('relations', () => {
  test('pages run newest first and show every row exactly once while rows are added', async () => {
    const known = Array.from({ length: 10 }, (_, i) => i + 1);
    await write.contacts(...known.map((n) => aContact(n)));
    await write.relations(...known.map((n) => aRelation(n, 's-li', `wm${n}`)));
    const seen = await walk(
      (query) => relations({ ...query, state: 'active' }),
      (pageNo) => write.relations(aRelation(100 + pageNo, 's-wang', `wm${pageNo}`)),
    );
    expect(seen.map((r) => r.external_userid)).toEqual(known.map((n) => `wm${n}`).reverse());
  });

  test('narrow by staff member, external contact and state', async () => {
    await write.contacts(aContact(1), aContact(2));
    await write.relations(
      aRelation(1, 's-li', 'wm1', { ended_at: at, state: 'deleted_by_external' }),
      aRelation(2, 's-li', 'wm2', { absent_since: at }),
      aRelation(3, 's-wang', 'wm1'),
    );
    const pairs = async (query: object) =>
      (await relations(query)).items.map((r) => `${r.userid} ${r.external_userid}`);
    expect(await pairs({ external_userid: 'wm1' })).toEqual(['wang wm1', 'Li wm1']);
    expect(await pairs({ userid: 'li' })).toEqual(['Li wm2', 'Li wm1']);
    expect(await pairs({ userid: 'li', state: 'deleted_by_external' })).toEqual(['Li wm1']);
    expect(await pairs({ userid: 'li', external_userid: 'wm2', state: 'active' })).toEqual(['Li wm2']);
    const [ended] = (await relations({ state: 'deleted_by_external' })).items;
    expect(ended).toMatchObject({ ended_at: at.toISOString(), absent_since: null, started_at: at.toISOString() });
  });
});

test('the history merges all relations of a contact, newest first, page by page', async () => {
  await write.contacts(aContact(1), aContact(2));
  const rows = [aRelation(1, 's-li', 'wm1'), aRelation(2, 's-wang', 'wm1'), aRelation(3, 's-li', 'wm2')];
  await write.relations(...rows);
  for (let n = 0; n < 9; n++) {
    const entry = { relation_id: rows[n % 3]?.id ?? '', kind: `kind${n}`, occurred_at: at, detail: { n } };
    await write.history([entry], { source: 'event', ref: `e${n}`, at });
  }
  const history = async (query: object) =>
    historyPage.parse(await views.history('wm1', historyQuery.parse(query), head));
  const seen = await walk(history, () => Promise.resolve());
  expect(seen.map((entry) => [entry.userid, entry.staff_name, entry.kind, entry.ref])).toEqual([
    ['wang', null, 'kind7', 'e7'],
    ['Li', '李', 'kind6', 'e6'],
    ['wang', null, 'kind4', 'e4'],
    ['Li', '李', 'kind3', 'e3'],
    ['wang', null, 'kind1', 'e1'],
    ['Li', '李', 'kind0', 'e0'],
  ]);
  expect(seen[0]?.detail).toEqual({ n: 7 });
  const cursor = Buffer.from('["x"]').toString('base64url');
  await expect(history({ cursor })).rejects.toMatchObject({ code: 'paging.bad_cursor' });
});
