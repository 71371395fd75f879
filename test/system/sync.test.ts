import type { Relation } from '../../src/features/relations/external-contacts/external-contacts.entity';
import { openRelation } from '../../src/features/relations/external-contacts/personal';
import type { FaultName } from '../../src/sandbox/faults';
import { differencesFromTruth, startsOf } from '../support/compare';
import { useSystem } from '../support/system';

const system = useSystem({ staff: 20, externalContacts: 600, groupChats: 12, leavers: 2, seed: 13 });

describe('the first full sync', () => {
  beforeAll(() => system.at.syncAll());

  test('every relation, tag, group member and leaver is as in the ledger, and no rule of WeCom was broken', async () => {
    const { at } = system;
    expect(await differencesFromTruth(at, at.sandbox)).toEqual([]);
    const starts = await startsOf(at.db);
    const wrong = at.sandbox
      .truth()
      .relations.filter((row) => starts.get(`${row.userid} ${row.external_userid}`) !== row.createtime);
    expect(wrong).toEqual([]);
    expect(at.sandbox.ledger.violations).toEqual([]);
  });

  test('it took one token a secret, and hardly a call more than there must be', () => {
    const { ledger, world } = system.at.sandbox;
    const listed = system.at.sandbox.truth().relations.filter((row) => row.listed).length;
    const least = {
      gettoken: 2,
      'department/list': 1,
      'user/list': world.departments.size,
      'user/list_id': 1,
      'externalcontact/get_corp_tag_list': 1,
      'externalcontact/get_follow_user_list': 1,
      'externalcontact/batch/get_by_user': Math.ceil(listed / 100),
      'externalcontact/get_unassigned_list': 1,
      'externalcontact/groupchat/list': 2,
      'externalcontact/groupchat/get': world.liveGroupChats().length,
    };
    const sum = (calls: Record<string, number>) => Object.values(calls).reduce((a, b) => a + b, 0);
    expect(Object.keys(ledger.calls).sort()).toEqual(Object.keys(least).sort());
    expect(sum(ledger.calls)).toBeLessThanOrEqual(1.1 * sum(least));
    expect(ledger.tokenFetches).toEqual({ agent: 1, contacts: 1, archive: 0 });
  });

  test('a second one writes nothing: no history, no change', async () => {
    const { at } = system;
    const countOf = async (table: string) => (await at.db.query(`SELECT id FROM ${table}`)).length;
    const before = [await countOf('relation_history'), await countOf('group_chat_history')];
    const run = await at.syncAll();
    expect(run.result).toMatchObject({ added: 0, changed: 0, vanished: 0 });
    expect([await countOf('relation_history'), await countOf('group_chat_history')]).toEqual(before);
  });

  test('fields of WeCom without a column are kept beside the relation', async () => {
    const { vault } = system.at.system;
    const stored = await system.at.db.query<Relation>('SELECT * FROM relation WHERE state = ?', ['active']);
    const rows = stored.map((row) => openRelation(vault, row));
    const fromChannels = rows.filter((row) => row.add_way === 10);
    expect(fromChannels.length).toBeGreaterThan(0);
    for (const { extra } of fromChannels) {
      expect(JSON.parse(extra ?? '')).toEqual({ wechat_channels: { nickname: expect.any(String), source: 1 } });
    }
    expect(rows.find((row) => row.add_way !== 10 && row.extra !== null)).toBeUndefined();
  });

  test('such a field that was not kept yet is taken up, and called no change', async () => {
    const { at } = system;
    const kept = async () => (await at.db.query('SELECT id FROM relation WHERE extra IS NOT NULL')).length;
    const before = await kept();
    await at.db.execute('UPDATE relation SET extra = NULL');
    const { run, differences } = await at.reconcile();
    expect([run.result.changed, differences]).toEqual([0, []]);
    expect(await kept()).toBe(before);
  });

  test('what it read is what the API shows', async () => {
    const { at } = system;
    const [row] = at.sandbox.truth().relations.filter(({ tag_ids, listed }) => listed && tag_ids.length > 0);
    if (!row) throw new Error('no relation has a tag');
    const { status, body } = await at.api.get(`external-contacts/${row.external_userid}`);
    expect(status).toBe(200);
    const shown = body.relations.find((one: { userid: string }) => one.userid === row.userid);
    expect(shown).toMatchObject({
      remark: row.remark,
      state: row.external_deleted ? expect.any(String) : 'active',
      spell: 1,
      ended_at: null,
    });
    expect(shown.tags.map((tag: { tag_id: string }) => tag.tag_id).sort()).toEqual(row.tag_ids);
    const unassigned = await at.api.all('relations?state=unassigned');
    expect(unassigned).toHaveLength(at.sandbox.truth().unassigned.length);
  });
});

/** 45009 closes an API for a minute of real time: that one is a drill. */
const faults: [FaultName, object][] = [
  ['busy', {}],
  ['tooConcurrent', {}],
  ['tokenExpired', {}],
  ['reset', {}],
  ['truncate', {}],
  ['httpError', {}],
  ['slow', { ms: 300 }],
];

test.each(faults)('with %s striking now and then a sync ends in the same state', async (fault, spec) => {
  const { at } = system;
  at.sandbox.deliverTo(undefined);
  for (let n = 0; n < 15; n += 1) at.sandbox.life.step();
  at.sandbox.faults.set(fault, { probability: 0.25, count: 4, ...spec });
  await at.syncAll();
  await at.settled();
  at.sandbox.faults.clear();
  expect(at.sandbox.faults.struck[fault]).toBeGreaterThan(0);
  expect(await differencesFromTruth(at, at.sandbox)).toEqual([]);
  expect(at.sandbox.ledger.violations).toEqual([]);
});
