import { differencesFromTruth } from '../support/compare';
import { useSystem } from '../support/system';

const system = useSystem({ staff: 20, externalContacts: 600, groupChats: 12, leavers: 2 });

test('a full sync ends with every relation, tag and member equal to the ledger, within WeCom’s rules', async () => {
  const { at } = system;
  const run = await at.syncAll();
  expect(await differencesFromTruth(at.db, at.sandbox)).toEqual([]);
  expect(at.sandbox.ledger.violations).toEqual([]);
  console.log(run.result, at.sandbox.ledger.calls, at.sandbox.ledger.tokenFetches);
});
