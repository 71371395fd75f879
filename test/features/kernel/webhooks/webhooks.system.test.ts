import { type Json, type SystemAtTest, startSystemAtTest, until } from '../../../support/system';
import { aReceiver, isGenuine } from './webhooks-at-test';

let at: SystemAtTest;
let receiver: Awaited<ReturnType<typeof aReceiver>>;
let hook: Json;
const types = [
  ...['relation.added', 'relation.deleted_by_staff', 'relation.deleted_by_external', 'staff.departed'],
  ...['group_chat.created', 'group_chat.dismissed', 'run.finished', 'reconciliation.difference_confirmed'],
];

beforeAll(async () => {
  receiver = await aReceiver();
  at = await startSystemAtTest({
    ...{ staff: 4, externalContacts: 12, groupChats: 1, leavers: 0 },
    env: { OUTBOUND_ALLOWED_HOSTS: receiver.host },
  });
  const made = await at.api.post('webhooks', { url: receiver.url('/hook'), event_types: types, description: 'ERP' });
  expect(made.status).toBe(201);
  hook = made.body;
  await at.syncAll();
});
afterAll(async () => {
  receiver.stop();
  await at?.stop();
});

const told = (): Json[] => receiver.at('/hook').map(({ body }) => JSON.parse(body));
const typesTold = () => new Set(told().map(({ type }) => type));

test('E4 what a full read found is told: ids and codes, signed, once for each', async () => {
  await until('the run is told', () => typesTold().has('run.finished'));
  await at.settled();
  const relations = (await at.api.all('relations')).map((one) => `${one.userid} ${one.external_userid}`);
  const added = told().filter(({ type }) => type === 'relation.added');
  expect(relations.length).toBeGreaterThan(0);
  expect(added.map(({ data }) => `${data.userid} ${data.external_userid}`).sort()).toEqual(relations.sort());
  expect(new Set(added.map(({ data }) => data.source))).toEqual(new Set(['sync']));
  expect(receiver.at('/hook').every((one) => isGenuine(one, hook.secret))).toBe(true);
  expect(told().find(({ type }) => type === 'run.finished')?.data).toMatchObject({ kind: 'sync', state: 'succeeded' });
  expect(typesTold().has('group_chat.created')).toBe(true);
});

test('S15 no name, remark or number leaves the house', async () => {
  const words = (await at.db.query<Json>('SELECT name FROM external_contact UNION SELECT name FROM staff'))
    .map(({ name }) => String(name))
    .filter((name) => name.length > 1);
  const sent = JSON.stringify(told());
  expect(words.length).toBeGreaterThan(5);
  expect(words.filter((word) => sent.includes(word))).toEqual([]);
  expect(sent).not.toMatch(/remark|mobile|avatar/);
});

test('E4 what an event of WeCom tells is told on, of both who deletes and who is deleted', async () => {
  const { control } = at.sandbox;
  const [first, second] = await at.api.all('relations?state=active');
  if (!first || !second) throw new Error('two relations are needed');
  control.deleteByStaff({ userid: first.userid, external_userid: first.external_userid });
  control.deleteByExternal({ userid: second.userid, external_userid: second.external_userid });
  await at.settled();
  const deleted = (type: string) =>
    told()
      .filter((one) => one.type === type)
      .map(({ data }) => data);
  const [{ userid, external_userid }, other] = [first, second];
  expect(deleted('relation.deleted_by_staff')).toMatchObject([{ userid, external_userid, source: 'event' }]);
  const pair = { userid: other.userid, external_userid: other.external_userid };
  expect(deleted('relation.deleted_by_external')).toMatchObject([pair]);
});

test('E4 deliveries and their tries are shown; the secret is not', async () => {
  const { body } = await at.api.get(`webhooks/${hook.id}/deliveries?state=delivered&limit=3`);
  expect(body.items).toHaveLength(3);
  expect(body.next_cursor).not.toBeNull();
  const { body: detail } = await at.api.get(`webhook-deliveries/${body.items[0].id}`);
  expect(detail).toMatchObject({ attempts: 1, tries: [{ status: 204, error: null }] });
  expect(detail.payload.type).toBe(detail.event_type);
  const shown = JSON.stringify([(await at.api.get('webhooks')).body, (await at.api.get(`webhooks/${hook.id}`)).body]);
  expect(shown).not.toContain('secret":');
});

test('S4 an address inside is refused with the reason', async () => {
  const { status, body } = await at.api.post('webhooks', { url: 'http://169.254.169.254/', event_types: types });
  expect([status, body.code, body.details.reason]).toEqual([422, 'OUTBOUND_REFUSED', 'address']);
});

test('E4 an unknown event type is refused', async () => {
  const { status } = await at.api.post('webhooks', { url: receiver.url('/x'), event_types: ['no.such'] });
  expect(status).toBe(422);
});
