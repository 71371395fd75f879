import { NotPossible } from '../../src/sandbox/control';
import { differencesFromTruth } from '../support/compare';
import { type SystemAtTest, startSystemAtTest } from '../support/system';

/** Seeds whose stories hold leavers, transfers of both kinds, new userids and deleted tags. */
const seeds = [11, 23, 47];

async function live(at: SystemAtTest, steps: number): Promise<void> {
  const { life, callbacks, world, control, clock } = at.sandbox;
  for (let n = 1; n <= steps; n += 1) {
    life.step();
    // Transfers take a day. Theirs is over at once, so that no clock has to be moved.
    for (const transfer of world.transfers) if (!transfer.outcome) transfer.takeover_time = 0;
    if (n % 10 === 0) control.settleTransfers();
    if (n % 50 === 0) await callbacks.idle();
  }
}

test.each(seeds)('I5 I6 random life with lost, repeated and shuffled callbacks, seed %i: reconciliation leaves no difference', async (seed) => {
  const at = await startSystemAtTest({ seed, staff: 12, externalContacts: 150, groupChats: 6, leavers: 1, transferFailureRate: 0.1 });
  try {
    await at.syncAll();
    expect(await differencesFromTruth(at.db, at.sandbox)).toEqual([]);
    at.sandbox.faults.set('drop', { probability: 0.05 });
    at.sandbox.faults.set('duplicate', { probability: 0.1 });
    at.sandbox.faults.set('shuffle', { probability: 1, ms: 300 });
    await live(at, 400);
    await at.settled();
    const before = await differencesFromTruth(at.db, at.sandbox);
    console.log(seed, JSON.stringify(before, null, 1), JSON.stringify(at.sandbox.ledger.silentSince(0), null, 1));
    const { differences } = await at.reconcile();
    const after = await differencesFromTruth(at.db, at.sandbox);
    console.log(seed, differences.map((d) => `${d.kind} ${d.userid} ${d.external_userid} ${d.chat_id} ${d.state} ${d.explanation} ${JSON.stringify(d.detail)}`).join('\n'));
    expect(after).toEqual([]);
    expect(at.sandbox.ledger.violations).toEqual([]);
  } finally {
    await at.stop();
  }
}, 60_000);
