import { createSandboxClock } from '../../src/sandbox';
import { differencesFromTruth, type TruthDifference } from '../support/compare';
import { type Json, type SystemAtTest, startSystemAtTest } from '../support/system';

/** Seeds whose stories hold leavers, transfers of both kinds, new userids and deleted tags. */
const seeds = [11, 23, 47];
const steps = 250;
const stepMs = 1300;

/** The company lives through nine minutes that end about now: nothing is too old to be believed. */
async function live({ sandbox }: SystemAtTest): Promise<void> {
  const { life, callbacks, world, clock } = sandbox;
  for (let n = 1; n <= steps; n += 1) {
    life.step();
    // A transfer takes a day; here one in ten is due at every step.
    if (n % 10 === 0) for (const transfer of world.transfers) transfer.takeover_time = 0;
    clock.advance(stepMs);
    if (n % 50 === 0) await callbacks.idle();
  }
}

/** What a difference is about, spelled as the keys of the comparison with the truth. */
const reportedKey = ({ subject, detail }: Json): string[] => [subject, ...(detail?.tags_removed ?? [])];

/** A leaver's relations and groups follow from his leaving, which is told once. */
function isReported({ entity, key, ours, truth }: TruthDifference, reported: Set<string>): boolean {
  if (entity === 'corp_tags') return tagIdsOf(ours, truth).some((id) => reported.has(id)) || reported.has(key);
  const [userid = ''] = key.split(' ');
  return reported.has(key) || reported.has(`left ${userid}`);
}

const tagIdsOf = (...groups: unknown[]): string[] =>
  groups.flatMap((group) => (group as { tags?: { id: string }[] } | undefined)?.tags?.map((tag) => tag.id) ?? []);

/** WeCom has no event for who works with customers, nor for the leaders of a department. */
const isTold = ({ entity, ours, truth }: TruthDifference): boolean =>
  entity !== 'staff' ||
  JSON.stringify({ ...Object(ours), follower: 0 }) !== JSON.stringify({ ...Object(truth), follower: 0 });
const isLeaderChange = ({ kind, detail }: Json): boolean =>
  kind === 'department_changed' && Object.keys(detail).join() === 'leaders';

test.each(seeds)(
  'I5 I6 random life with lost, repeated and shuffled callbacks, seed %i: reconciliation leaves no difference',
  async (seed) => {
    const clock = createSandboxClock({ frozenAt: new Date(Date.now() - steps * stepMs) });
    const size = { staff: 12, externalContacts: 150, groupChats: 6, leavers: 1, transferFailureRate: 0.1 };
    const at = await startSystemAtTest({ seed, clock, ...size });
    try {
      await at.syncAll();
      expect(await differencesFromTruth(at, at.sandbox)).toEqual([]);
      at.sandbox.faults.set('drop', { probability: 0.05 });
      at.sandbox.faults.set('duplicate', { probability: 0.1 });
      at.sandbox.faults.set('shuffle', { probability: 1, ms: 300 });
      await live(at);
      await at.settled();

      const before = (await differencesFromTruth(at, at.sandbox)).filter(isTold);
      const { differences } = await at.reconcile();
      expect(await differencesFromTruth(at, at.sandbox)).toEqual([]);

      const left = differences.flatMap((d) => (d.kind === 'staff_departed' ? [`left ${d.userid}`] : []));
      const reported = new Set([...differences.flatMap(reportedKey), ...left]);
      expect(before.filter((difference) => !isReported(difference, reported))).toEqual([]);
      const assigned = at.sandbox.ledger.facts.filter(
        ({ kind, detail }) => kind === 'transfer_requested' && detail.resigned,
      );
      const silent = new Set([
        ...before.flatMap(({ key, ours, truth }) => [key, ...tagIdsOf(ours, truth)]),
        ...assigned.map(({ userid, external_userid }) => `${userid} ${external_userid}`),
      ]);
      const invented = differences.filter((d) => !reportedKey(d).some((key) => silent.has(key)) && !isLeaderChange(d));
      expect(invented).toEqual([]);
      expect(differences.filter(({ explanation }) => explanation === 'event_late')).toEqual([]);
      expect(at.sandbox.ledger.violations).toEqual([]);
    } finally {
      await at.stop();
    }
  },
  60_000,
);
