import { days, hours } from '../../../src/core/clock';
import { useArchive } from '../../support/archive-system';
import type { Json } from '../../support/system';
import { type Pair, pairsOf, secondsAgo } from './pairs';

const archive = useArchive({ staff: 30, externalContacts: 600, groupChats: 0, leavers: 0, seed: 81 });
const system = {
  get at() {
    return archive.at;
  },
};
const { take, tell, found } = pairsOf(system);
beforeAll(() => archive.at.syncAll());

const daysAgo = (n: number): Date => secondsAgo(n * 86_400);
async function leaves(userid: string): Promise<void> {
  archive.at.sandbox.control.staffLeaves({ userid });
  await archive.at.settled();
}
const risk = (userid: string): Promise<Json[]> => found(`userid=${userid}&detector=DEPARTURE_RISK`);
const leaks = (userid: string): Promise<Json[]> => found(`userid=${userid}&detector=DEPARTURE_LEAK`);

test('DET DEPARTURE_RISK a leaver of whose last month something is known is found once, with what it was', async () => {
  const { userid } = take();
  for (let n = 0; n < 3; n += 1) await tell(take(userid), 'staff_deleted', daysAgo(n + 2));
  await tell(take(userid), 'missing', daysAgo(1));
  await tell(take(userid), 'transferred_out', daysAgo(1));
  await leaves(userid);
  const [finding, ...more] = await risk(userid);
  expect(more).toEqual([]);
  expect(finding).toMatchObject({ evidence_level: 'DERIVED', severity: 'high', state: 'open' });
  expect(finding?.features).toEqual({ deletions: 3, missing: 1, transfers_out: 1, days: 30 });
  expect(finding?.evidence).toHaveLength(4);
});

test('VIO-2.2-1 DET DEPARTURE_RISK one sign weighs little; old ones, a customer’s own going and transfers are none', async () => {
  const [one, none] = [take(), take()];
  await tell(one, 'staff_deleted', daysAgo(3));
  await tell(none, 'staff_deleted', daysAgo(31));
  await tell(take(none.userid), 'external_deleted', daysAgo(2));
  await tell(take(none.userid), 'transferred_out', daysAgo(2));
  for (const { userid } of [one, none]) await leaves(userid);
  expect(await risk(one.userid)).toMatchObject([{ severity: 'low', features: { deletions: 1 } }]);
  expect(await risk(none.userid)).toEqual([]);
});

test('DET DEPARTURE_RISK I5 what is told only after they left counts as well, and a cleared finding does not', async () => {
  const [late, cleared] = [take(), take()];
  await leaves(late.userid);
  expect(await risk(late.userid)).toEqual([]);
  await tell(late, 'staff_deleted', daysAgo(1));
  expect(await risk(late.userid)).toMatchObject([{ features: { deletions: 1 } }]);
  await tell(cleared, 'staff_deleted', daysAgo(2));
  await tell(cleared, 'added', new Date(daysAgo(2).getTime() + hours(1)));
  await archive.at.db.execute(
    "UPDATE finding_case SET state = 'cleared' WHERE finding_id IN (SELECT id FROM finding WHERE userid = ?)",
    [cleared.userid],
  );
  await leaves(cleared.userid);
  expect(await risk(cleared.userid)).toEqual([]);
});

test('DET DEPARTURE_RISK VIO-2.2-16 slips of the hand, and a group that did not agree to the archive, are no signs', async () => {
  const { userid, external_userid } = take();
  for (let n = 0; n < 3; n += 1) {
    const head = { from: userid, tolist: [external_userid] };
    const msgtime = daysAgo(n + 2).getTime();
    const slip = archive.say('打错了', { ...head, msgtime });
    const recall = { msgtype: 'revoke', action: 'recall', revoke: { pre_msgid: slip.msgid }, msgtime: msgtime + 5000 };
    await archive.said(slip, archive.say('', { ...head, ...recall }));
  }
  const { db, system: running } = archive.at;
  await db.transact(() =>
    running.services.findings.raise({ code: 'GROUP_DARK', version: 1 }, [
      {
        ...{ key: 'a group', evidenceLevel: 'DERIVED', severity: 'medium', userid, chatId: 'wrDEMOgroup' },
        ...{ occurredAt: daysAgo(1), evidence: [] },
      },
    ]),
  );
  expect((await found(`userid=${userid}`)).map(({ severity }) => severity)).toEqual(['medium', 'lead', 'lead', 'lead']);
  await leaves(userid);
  expect(await risk(userid)).toEqual([]);
});

/** A pair whose customer nobody else knows: of a transfer that fails WeCom does not say from whom. */
function takeOnly(): Pair {
  for (let n = 0; n < 50; n += 1) {
    const pair = take();
    if (archive.at.sandbox.world.contacts.get(pair.external_userid)?.followers.length === 1) return pair;
  }
  throw new Error('everybody is shared');
}

/** A leaver's customer is given to a colleague, with this outcome. */
async function handOver(pair: Pair, outcome: 'taken_over' | 'customer_refused' | 'customer_limit_exceed') {
  const { control, world } = archive.at.sandbox;
  const { external_userid } = pair;
  const successor = world
    .followers()
    .find((staff) => !staff.relations.has(external_userid) && staff.userid !== pair.userid);
  const takeover_userid = successor?.userid ?? '';
  if (world.findStaff(pair.userid)) await leaves(pair.userid);
  await archive.at.syncAll();
  control.planTransfer({ external_userid, outcome });
  control.transferCustomers({ handover_userid: pair.userid, takeover_userid, external_userids: [external_userid] });
  for (const transfer of world.transfers) transfer.takeover_time = 0;
  control.settleTransfers();
  await archive.at.settled();
  return takeover_userid;
}

test('DET DEPARTURE_LEAK a leaver’s customer who refuses the successor is found; a full list is no refusal', async () => {
  const [refused, full] = [takeOnly(), takeOnly()];
  const successor = await handOver(refused, 'customer_refused');
  expect(await leaks(refused.userid)).toMatchObject([
    {
      ...{ evidence_level: 'DERIVED', severity: 'medium', external_userid: refused.external_userid },
      features: { named_as: 'leaver', how: 'refused', successor },
      evidence: [{ source: 'relation_history' }],
    },
  ]);
  await handOver(full, 'customer_limit_exceed');
  expect(await leaks(full.userid)).toEqual([]);
});

test('DET DEPARTURE_LEAK the customer who deletes the successor; not one whom the member met by themselves', async () => {
  const pair = take();
  const { external_userid } = pair;
  const successor = await handOver(pair, 'taken_over');
  const friend = archive.at.sandbox.world
    .followers()
    .find((staff) => !staff.relations.has(external_userid) && staff.userid !== successor)?.userid;
  archive.at.sandbox.control.addRelation({ userid: friend, external_userid });
  await archive.at.settled();
  archive.at.sandbox.control.deleteByExternal({ userid: friend, external_userid });
  await archive.at.settled();
  expect(await leaks(pair.userid)).toEqual([]);
  archive.at.sandbox.control.deleteByExternal({ userid: successor, external_userid });
  await archive.at.settled();
  expect(await leaks(pair.userid)).toMatchObject([{ external_userid, features: { how: 'deleted', successor } }]);
});

test('VIO-2.2-4 DET DEPARTURE_LEAK a refused transfer between two who serve leaks nothing: nobody has left', async () => {
  const pair = take();
  const { control, world } = archive.at.sandbox;
  const takeover = world.followers().find((staff) => !staff.relations.has(pair.external_userid))?.userid ?? '';
  control.planTransfer({ external_userid: pair.external_userid, outcome: 'customer_refused' });
  control.transferCustomers({
    ...{ handover_userid: pair.userid, takeover_userid: takeover, external_userids: [pair.external_userid] },
  });
  for (const transfer of world.transfers) transfer.takeover_time = 0;
  control.settleTransfers();
  await archive.at.settled();
  expect(await found(`external_userid=${pair.external_userid}`)).toEqual([]);
});

test('DET DEPARTURE_LEAK what the customer tells the successor is a hint; to anybody else, or from staff, it is nothing', async () => {
  const pair = take();
  const successor = await handOver(pair, 'taken_over');
  const { external_userid } = pair;
  const time = (n: number) => ({ msgtime: Date.now() + n });
  const between = { from: external_userid, tolist: [successor] };
  await archive.said(
    archive.say('我已经加了小林的新微信', { ...between, ...time(1) }),
    archive.say('已经加了', { from: successor, tolist: [external_userid], ...time(2) }),
    archive.say('好的，谢谢', { ...between, ...time(3) }),
    archive.say('他换号了', { from: take().external_userid, tolist: [successor], ...time(4) }),
    archive.say('换号了', { ...between, msgtime: Date.now() - days(1) }),
  );
  expect(await leaks(pair.userid)).toMatchObject([
    {
      ...{ evidence_level: 'CIRCUMSTANTIAL', severity: 'medium', external_userid },
      features: { how: 'said', successor, words: ['已经加了'] },
      evidence: [{ source: 'message' }],
    },
  ]);
});
