import { liveBadly, stepMs } from '../../../scripts/drills/bad-life';
import { detectorsIn, wrongFindings } from '../../../scripts/drills/true-violations';
import { createSandboxClock } from '../../../src/sandbox';
import { useSystem } from '../../support/system';

/** The drill `violations` lives through ten thousand. */
const steps = 1800;

const system = useSystem({
  ...{ staff: 40, externalContacts: 900, groupChats: 25, leavers: 1, seed: 91, transferFailureRate: 0.2 },
  clock: createSandboxClock({ frozenAt: new Date(Date.now() - steps * stepMs) }),
});

const keys = async (): Promise<string[]> => {
  const rows = await system.at.db.query<{ dedupe_key: string }>('SELECT dedupe_key FROM finding ORDER BY dedupe_key');
  return rows.map(({ dedupe_key }) => dedupe_key);
};

test('WCM-03 WCM-06 I5 callbacks lost, repeated and shuffled: what is told is found once, and nothing is invented', async () => {
  const { at } = system;
  const { faults } = at.sandbox;
  await at.syncAll();
  faults.set('drop', { probability: 0.03 });
  faults.set('duplicate', { probability: 0.1 });
  faults.set('shuffle', { probability: 0.5, ms: 400 });
  await liveBadly(at.sandbox, steps, at.settled);
  faults.clear();
  await at.settled();
  await at.reconcile();
  await at.reconcile();
  expect(await wrongFindings(at.db, at.sandbox)).toEqual([]);
  expect(await detectorsIn(at.db)).toEqual([
    ...['CUSTOMER_DELETED_BY_STAFF', 'CUSTOMER_MISSING', 'DELETE_READD', 'DEPARTURE_LEAK', 'DEPARTURE_RISK'],
    ...['GROUP_DISMISSED', 'GROUP_MEMBER_REMOVED', 'GROUP_OWNER_CHANGED', 'MASS_DELETE', 'STAFF_DELETED_BY_CUSTOMER'],
  ]);
}, 300_000);

test('I4 I5 VIO-2.2-5 all of it told again, backwards, as the same events and as others, finds nothing more', async () => {
  const { at } = system;
  const { ledger, callbacks } = at.sandbox;
  const before = await keys();
  const told = ledger.delivered.slice(-600).reverse();
  for (const { receiver, xml } of told) await callbacks.sendRaw(receiver, xml);
  await Promise.all(told.map(({ receiver, xml }) => callbacks.sendRaw(receiver, `${xml}\n`)));
  await at.settled();
  await at.reconcile();
  expect(await keys()).toEqual(before);
}, 300_000);
