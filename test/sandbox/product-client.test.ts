import { randomBytes } from 'node:crypto';
import { hours } from '../../src/core/clock';
import { firstKeys, Vault } from '../../src/core/vault';
import { Wecom1763769600200 } from '../../src/db/migrations/1763769600200-wecom';
import { createWecom, pages, type Wecom } from '../../src/wecom';
import { wecomEntities } from '../../src/wecom/wecom.entity';
import { openTestDatabase } from '../support/database';
import { smallCompany } from './support';

const lane = { lane: 'bulk' } as const;
let sandbox: ReturnType<typeof smallCompany>;
let wecom: Wecom;
let close: () => Promise<void>;

beforeAll(async () => {
  sandbox = smallCompany();
  for (let n = 0; n < 300; n += 1) sandbox.life.step();
  const baseUrl = await sandbox.start();
  const database = await openTestDatabase(wecomEntities, sandbox.clock);
  const runner = database.db.source.createQueryRunner();
  await new Wecom1763769600200().up(runner);
  await runner.release();
  const masterKey = randomBytes(32);
  wecom = createWecom({
    baseUrl,
    corpId: () => sandbox.corpId,
    secrets: (app) => sandbox.secrets[app],
    agentId: () => sandbox.agentId,
    db: database.db,
    vault: new Vault(masterKey, sandbox.corpId, firstKeys(masterKey, sandbox.corpId)),
    clock: sandbox.clock,
    logger: { warn: () => undefined, error: () => undefined },
  });
  close = database.close;
});
afterAll(async () => {
  await wecom.client.close();
  await close();
  await sandbox.stop();
});

/** Every page of a list in one array. */
async function all<T>(fetch: (cursor: string | undefined) => Promise<{ items: T[]; next_cursor: string | null }>) {
  const rows: T[] = [];
  for await (const page of pages(fetch)) rows.push(...page.items);
  return rows;
}

const sorted = (list: string[]): string[] => [...list].sort();

test('the product’s own client reads every relation of the company', async () => {
  const staff = await wecom.externalContacts.followers(lane);
  const rows = await all((cursor) => wecom.externalContacts.batchByStaff(staff, cursor, lane));
  const listed = sandbox.truth().relations.filter((relation) => relation.listed);
  expect(sorted(rows.map(({ contact, follower }) => `${follower.userid}|${contact.external_userid}`))).toEqual(
    sorted(listed.map(({ userid, external_userid }) => `${userid}|${external_userid}`)),
  );
  const [relation] = listed.filter(({ tag_ids }) => tag_ids.length > 0);
  const read = await wecom.externalContacts.get(relation?.external_userid ?? '', lane);
  expect(read?.followers.find(({ userid }) => userid === relation?.userid)?.remark).toBe(relation?.remark);
});

test('… and its directory, tags, groups and the customers of leavers', async () => {
  const truth = sandbox.truth();
  expect((await wecom.directory.departments(lane)).map(({ id }) => id).sort((a, b) => a - b)).toEqual(
    truth.departments.map(({ id }) => id),
  );
  const places = await all((cursor) => wecom.directory.staffIds(cursor, lane));
  expect(sorted([...new Set(places.map(({ userid }) => userid))])).toEqual(truth.staff.map(({ userid }) => userid));
  expect(await wecom.directory.staff('nobody', lane)).toBeNull();
  expect(await wecom.corpTags.list({}, lane)).toHaveLength(truth.corp_tags.length);
  const leavers = await all((cursor) => wecom.externalContacts.unassigned(cursor, lane));
  expect(leavers).toHaveLength(truth.unassigned.length);
  for (const { chat_id, name, members } of truth.group_chats) {
    const chat = await wecom.groupChats.get(chat_id, lane);
    expect(chat?.name).toBe(name);
    expect(sorted(chat?.members.map(({ userid }) => userid) ?? [])).toEqual(members);
  }
  expect(await wecom.platform.testSecret('contacts', lane)).toMatchObject({ ok: true });
  expect(sandbox.ledger.violations).toEqual([]);
  expect(sandbox.ledger.tokenFetches.agent).toBe(1);
});

test('WCM-07 … and hands over customers and groups, notes and tags', async () => {
  const [leaver, heir] = [sandbox.control.hireStaff().userid, sandbox.control.hireStaff().userid];
  const { external_userids, chat_ids } = sandbox.control.givePortfolio({
    userid: leaver,
    customers: 5,
    group_chats: 2,
  });
  sandbox.control.staffLeaves({ userid: leaver });
  const pair = { from: leaver, to: heir, resigned: true };
  const [external_userid = ''] = external_userids;
  expect(await wecom.transfers.customers({ ...pair, external_userids }, lane)).toEqual(
    external_userids.map((id) => ({ external_userid: id, errcode: 0 })),
  );
  expect(await wecom.transfers.groupChats({ ...pair, chat_ids: [...chat_ids, 'wrnone'] }, lane)).toEqual([
    { chat_id: 'wrnone', errcode: 90501 },
  ]);
  const standing = () => all((cursor) => wecom.transfers.results(pair, cursor, lane));
  const takeover_at = new Date(sandbox.clock.now().getTime() + hours(24));
  expect(await standing()).toContainEqual({ external_userid, status: 'waiting', takeover_at });
  sandbox.clock.advance(hours(24));
  expect((await standing()).map(({ status }) => status)).toEqual(external_userids.map(() => 'taken_over'));

  const taken = { userid: heir, external_userid };
  const [tag = ''] = sandbox.world.tagIds();
  await wecom.externalContacts.remark({ ...taken, remark: '老客户', remark_mobiles: ['13000000001'] }, lane);
  await wecom.externalContacts.remark({ ...taken, remark_mobiles: [] }, lane);
  await wecom.externalContacts.markTags({ ...taken, add: [tag] }, lane);
  const noted = { remark: '老客户', remark_mobiles: [], tags: [tag] };
  expect(sandbox.world.findRelation(heir, external_userid)).toMatchObject(noted);
});

test('… and who is archived, who agreed, and the groups of colleagues', async () => {
  const { seated, internal_chats, robots } = sandbox.truth().archive;
  expect(sorted(await wecom.archive.permitted({}, lane))).toEqual(seated);
  const service = await wecom.archive.permitted({ edition: 'service' }, lane);
  const office = await wecom.archive.permitted({ edition: 'office' }, lane);
  expect(sorted([...service, ...office])).toEqual(seated);

  const [agreed, refused] = [sandbox.control.consent(), sandbox.control.consent({ agreed: false })];
  const pairs = [agreed, refused].map(({ to: [userid = ''], from }) => ({ userid, external_userid: from }));
  const changed_at = agreed.at;
  expect(await wecom.archive.singleConsents(pairs, lane)).toEqual([
    { ...pairs[0], status: 'agreed', changed_at },
    { ...pairs[1], status: 'disagreed', changed_at },
  ]);
  const chat_id = sandbox.truth().group_chats.find(({ members }) => members.some((id) => /^w[mo]/.test(id)))?.chat_id;
  const { from } = sandbox.control.consent({ chat_id });
  const inGroup = await wecom.archive.groupConsents(chat_id ?? '', lane);
  expect(inGroup?.filter(({ status }) => status === 'agreed').map(({ external_userid }) => external_userid)).toEqual([
    from,
  ]);

  for (const chat of internal_chats) {
    const read = await wecom.archive.internalChat(chat.chat_id, lane);
    expect(read).toMatchObject({ name: chat.name, creator: chat.creator });
    expect(read?.members.map(({ userid }) => userid)).toEqual(chat.members);
  }
  expect(await wecom.archive.internalChat(chat_id ?? '', lane)).toBeNull();
  expect(await wecom.archive.robot(robots[0]?.robot_id ?? '', lane)).toEqual(robots[0]);
});
