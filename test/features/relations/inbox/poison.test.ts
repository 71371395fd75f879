import { eventSamples } from '../../../../src/sandbox';
import { until, useSystem } from '../../../support/system';

const system = useSystem({ staff: 4, externalContacts: 20, groupChats: 1, leavers: 0 });
beforeAll(() => system.at.syncAll());

/** Failed tries wait for seconds to minutes: here they are due at once. */
async function hurry(): Promise<void> {
  await system.at.db.execute("UPDATE job SET run_at = ? WHERE state = 'ready' AND attempts > 0", [new Date()]);
  system.at.system.services.queue.wake();
}

test('I8 an event that cannot be handled is tried 8 times, parked, seen and replayed, and holds up nobody else', async () => {
  const { at } = system;
  const [poison, other] = at.sandbox
    .truth()
    .relations.map(({ userid, external_userid }) => ({ userid, external_userid }));
  // An answer that is no JSON is what a broken gateway gives: for this contact, again and again.
  const reads = at.system.services.externalContacts;
  at.sandbox.faults.set('httpError', { only: ['externalcontact/get'] });
  expect(reads).toBeDefined();
  const now = Math.floor(Date.now() / 1000);
  const edit = eventSamples['change_external_contact/edit_external_contact'];
  await at.sandbox.callbacks.sendRaw('agent', edit?.({ ...poison, createTime: now }) ?? '');
  const tag = eventSamples['change_external_tag/shuffle#all']?.({ createTime: now }) ?? '';
  await at.sandbox.callbacks.sendRaw('agent', tag);

  const parked = async () => (await at.api.all('inbox-events?state=parked'))[0];
  await until('the event is parked', async () => {
    await hurry();
    return (await parked()) !== undefined;
  });
  expect(await parked()).toMatchObject({ ...poison, state: 'parked', error: expect.stringMatching(/.+/) });
  const [job] = await at.db.query<{ attempts: number }>("SELECT attempts FROM job WHERE state = 'parked'");
  expect(job?.attempts).toBe(8);
  const [tagEvent] = await at.api.all('inbox-events?event=change_external_tag');
  expect(tagEvent).toMatchObject({ state: 'done' });
  expect(other).toBeDefined();

  at.sandbox.faults.clear();
  const { id } = (await parked()) ?? {};
  expect((await at.api.post(`inbox-events/${id}/replay`)).status).toBe(202);
  await until('the replay is handled', async () => (await at.api.get(`inbox-events/${id}`)).body.state !== 'pending');
  expect((await at.api.get(`inbox-events/${id}`)).body).toMatchObject({ state: 'done', error: null });
});
