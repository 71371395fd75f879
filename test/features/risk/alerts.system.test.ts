import { hours, seconds } from '../../../src/core/clock';
import { groupBy } from '../../../src/core/collections';
import { aPerson, type Person } from '../../support/people';
import { type Json, until, useSystem } from '../../support/system';
import { type Desk, openDesk } from '../archive/desk';

const deletions = useSystem({ staff: 4, externalContacts: 40, groupChats: 0, leavers: 0, seed: 7 });

test('WCM-06 a deletion is told within five seconds of the callback; three more are the same line in the centre', async () => {
  const { at } = deletions;
  await at.syncAll();
  const { truth, world, control, ledger } = at.sandbox;
  const pairs = truth().relations.filter((row) => row.listed && !row.external_deleted);
  const [busiest] = [...groupBy(pairs, (row) => row.userid)].filter(([, rows]) => rows.length >= 4);
  const [userid, own] = [busiest?.[0] ?? '', busiest?.[1].slice(0, 4) ?? []];
  const other = world.followers().find((follower) => follower.userid !== userid)?.userid ?? '';
  const { access, notifications } = at.system.services;
  const officer = await aPerson({ access, db: at.db }, { roles: ['compliance_officer'], userid: other });
  const told = () => ledger.messages.filter(({ touser }) => touser.includes(other));

  const [first, ...more] = own;
  const began = Date.now();
  control.deleteByStaff({ userid, external_userid: first?.external_userid ?? '' });
  await until('somebody is told', () => told().length === 1, seconds(5));
  expect(Date.now() - began).toBeLessThan(seconds(5));

  for (const { external_userid } of more) control.deleteByStaff({ userid, external_userid });
  await at.settled();
  const { items } = await notifications.list({ limit: 20 }, officer.viewer);
  expect(items.map(({ kind, count }) => [kind, count])).toEqual([['finding_raised', 4]]);
  expect(items[0]?.words['zh-CN'].text).toContain('4 × 删除了客户');
  expect(told()).toHaveLength(1);
});

describe('what was told further up', () => {
  const system = useSystem({ staff: 1, externalContacts: 1, groupChats: 0, leavers: 0 });
  let desk: Desk;
  let officer: Person;
  let made = 0;

  const manager = (userid: string) =>
    aPerson({ access: system.at.system.services.access, db: system.at.db }, { roles: ['sales_manager'], userid });

  /** A critical finding about Chen that has been there for an hour. */
  async function found(): Promise<string> {
    const ago = new Date(Date.now() - hours(1));
    const key = `f${++made}`;
    await system.at.db.execute(
      `INSERT INTO finding (dedupe_key, detector, version, evidence_level, severity, userid, occurred_at, detected_at,
         features, evidence) VALUES (?, 'MASS_DELETE', 1, 'DERIVED', 'critical', 'Chen', ?, ?, '{}', '[]')`,
      [key, ago, ago],
    );
    const [row] = await system.at.db.query<{ id: unknown }>('SELECT id FROM finding WHERE dedupe_key = ?', [key]);
    const id = Number(row?.id);
    await system.at.db.execute(
      "INSERT INTO finding_case (finding_id, state, version, updated_at) VALUES (?, 'open', 1, ?)",
      [id, ago],
    );
    const { evidence } = system.at.system.services;
    await system.at.db.transact(() => evidence.append('finding', [id]));
    return String(id);
  }

  beforeAll(async () => {
    desk = await openDesk(system.at);
    officer = await desk.officer('Anna');
  });

  test('S9 WCM-06 is listed for whoever may see the finding, with names, and is evidence', async () => {
    const [zhao, li, qian] = [await manager('Zhao'), await manager('Li'), await manager('Qian')];
    const chen = await desk.officer('Chen', 'Chen');
    const id = await found();
    const { escalations, evidence } = system.at.system.services;
    await escalations.pass();
    await escalations.pass();
    const seen = async (who: Person): Promise<Json[]> =>
      (await desk.call(who, `finding-escalations?finding_id=${id}`)).body.items;
    expect(await seen(officer)).toMatchObject([
      { finding_id: id, level: 1, is_last: false, told: [{ actor: `account:${li.id}`, name: 'sales_manager' }] },
    ]);
    expect(await seen(zhao)).toHaveLength(1);
    expect([await seen(qian), await seen(chen)]).toEqual([[], []]);
    await evidence.seal({ sign: true });
    expect(await evidence.verify()).toMatchObject({ ok: true });
    await expect(system.at.db.execute('UPDATE finding_escalation SET level = 2')).rejects.toThrow('insert-only');
  });

  test('WCM-06 whoever opens it keeps it from going up', async () => {
    const id = await found();
    await desk.call(officer, `findings/${id}`);
    await system.at.system.services.escalations.pass();
    expect((await desk.call(officer, `finding-escalations?finding_id=${id}`)).body.items).toEqual([]);
  });
});
