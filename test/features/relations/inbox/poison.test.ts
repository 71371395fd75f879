import { eventSamples } from '../../../../src/sandbox';
import { until, useSystem } from '../../../support/system';

const system = useSystem({ staff: 4, externalContacts: 20, groupChats: 1, leavers: 0 });
beforeAll(() => system.at.syncAll());

/** Failed tries wait for seconds to minutes: here they are due at once. */
async function hurry(): Promise<void> {
  await system.at.db.execute("UPDATE job SET run_at = ? WHERE state = 'ready' AND attempts > 0", [new Date()]);
  system.at.system.services.queue.wake();
}

/** While the table is away every write to it fails, and nothing else does. */
const breakTable = () => system.at.db.query('ALTER TABLE external_contact RENAME TO external_contact_away');
const mendTable = () => system.at.db.query('ALTER TABLE external_contact_away RENAME TO external_contact');

test('I8 an event that cannot be handled is tried 8 times, parked, seen and replayed, and holds up nobody else', async () => {
  const { at } = system;
  const [relation] = at.sandbox.truth().relations;
  const pair = { userid: relation?.userid, external_userid: relation?.external_userid };
  const createTime = Math.floor(Date.now() / 1000);
  const edit = eventSamples['change_external_contact/edit_external_contact']?.({ ...relation, createTime }) ?? '';
  const shuffle = eventSamples['change_external_tag/shuffle#all']?.({ createTime }) ?? '';
  const parked = async () => (await at.api.all('inbox-events?state=parked'))[0];

  await breakTable();
  for (const xml of [edit, shuffle]) await at.sandbox.callbacks.sendRaw('agent', xml);
  await until('the event is parked', async () => {
    await hurry();
    return (await parked()) !== undefined;
  });
  await mendTable();
  expect(await parked()).toMatchObject({
    ...pair,
    state: 'parked',
    error: expect.stringContaining('external_contact'),
  });
  const [job] = await at.db.query<{ attempts: number }>("SELECT attempts FROM job WHERE state = 'parked'");
  expect(job?.attempts).toBe(8);
  expect(await at.api.all('inbox-events?event=change_external_tag')).toEqual([
    expect.objectContaining({ state: 'done', attempts: 1 }),
  ]);

  const { id } = (await parked()) ?? {};
  expect((await at.api.post(`inbox-events/${id}/replay`)).status).toBe(202);
  await at.settled();
  expect((await at.api.get(`inbox-events/${id}`)).body).toMatchObject({ state: 'done', error: null });
  const [record] = await at.api.all('audit-events?action=inbox.replay');
  expect(record).toMatchObject({ action: 'inbox.replay', target: String(id), result: 'ok' });
});
