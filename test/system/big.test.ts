import { differencesFromTruth } from '../support/compare';
import { until, useSystem } from '../support/system';

const system = useSystem({ staff: 240, externalContacts: 6000, groupChats: 60, leavers: 2, seed: 17, latencyMs: 25 });

test('E6 a sync of 6,000 external contacts in three batches that is stopped in the middle goes on where it stood', async () => {
  const { at } = system;
  const { calls, tokenFetches, violations } = at.sandbox.ledger;
  const batch = 'externalcontact/batch/get_by_user';
  const { body: run } = await at.api.post('sync-runs', { scope: 'all' });
  await until('a third of the pages is read', () => (calls[batch] ?? 0) >= 27);
  await at.restart();
  const resumed = (await at.api.get(`sync-runs/${run.id}`)).body;
  expect(resumed.progress.done).toBeGreaterThan(0);
  const ended = await at.runEnds('sync-runs', run.id);
  await at.settled();

  expect(await differencesFromTruth(at, at.sandbox)).toEqual([]);
  expect(violations).toEqual([]);
  const pages = Math.ceil(at.sandbox.truth().relations.filter((row) => row.listed).length / 100);
  expect(pages).toBeGreaterThan(60);
  // Each batch ends with a page that is not full. Of each, five pages are written at a time, and one more is on its way.
  expect(calls[batch]).toBeLessThanOrEqual(pages + 3 + 3 * 6);
  expect(tokenFetches).toEqual({ agent: 1, contacts: 1, archive: 0 });
  expect(ended.progress.done).toBeGreaterThanOrEqual(resumed.progress.done);
  const [history, relations] = [
    await at.db.query('SELECT id FROM relation_history'),
    await at.db.query('SELECT id FROM relation'),
  ];
  expect(history).toHaveLength(relations.length);
});
