import { type Json, type SystemAtTest, startSystemAtTest } from '../support/system';

let at: SystemAtTest | undefined;
afterEach(() => at?.stop());

const company = { staff: 2, externalContacts: 3, groupChats: 0, leavers: 0 };

test('ROLE=web takes orders for runs that workers carry out', async () => {
  at = await startSystemAtTest({ ...company, env: { ROLE: 'web' } });
  for (const path of ['sync-runs', 'reconciliation-runs']) {
    const { status, body } = await at.api.post(path);
    expect([path, status, body.state]).toEqual([path, 202, 'queued']);
  }
  const { body } = await at.api.get('jobs');
  expect(body.items.map((job: Json) => job.state)).toEqual(['ready', 'ready']);
});

test('ROLE=scheduler starts what is due, without doing it', async () => {
  at = await startSystemAtTest({ ...company, env: { ROLE: 'scheduler' } });
  const run = await at.system.services.runs.start('reconciliation', {}, 'schedule');
  expect(run).toMatchObject({ kind: 'reconciliation', state: 'queued' });
});
