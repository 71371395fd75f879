import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { isSoundKey } from '../../../src/features/risk/connectors/public-key';
import { aPerson, type Person } from '../../support/people';
import { type Answer, type Json, useSystem } from '../../support/system';
import { type Desk, openDesk } from '../archive/desk';
import { outsider } from '../archive/said';

const system = useSystem({ staff: 1, externalContacts: 1, groupChats: 0, leavers: 0 });
/** One that lets an address ask so often. */
const strict = useSystem({
  ...{ staff: 1, externalContacts: 1, groupChats: 0, leavers: 0 },
  env: { REQUESTS_PER_MINUTE: '60' },
});
let desk: Desk;
let admin: Person;
let connector: string;
const pair = generateKeyPairSync('ed25519');

const rawKey = (key: KeyObject): string => key.export({ format: 'der', type: 'spki' }).subarray(-32).toString('base64');
const person = (roles: string[], more: object = {}): Promise<Person> =>
  aPerson({ access: system.at.system.services.access, db: system.at.db }, { roles, ...more });

beforeAll(async () => {
  desk = await openDesk(system.at);
  admin = await person(['security_admin']);
  const added = await desk.call(admin, 'device-connectors', { name: 'mdm-demo', public_key: rawKey(pair.publicKey) });
  connector = added.body.id;
  await desk.say(
    ['一', '二', '三'].map((text) => ({ from: 'Chen', to: [outsider(1)], at: '2026-03-02T08:00:00.000Z', text })),
  );
});

let used = 0;
const report = (more: object = {}): string =>
  JSON.stringify({
    ...{ device: 'phone-77', userid: 'chen', peer: outsider(1), action: 'chat_deleted' },
    ...{ at: new Date().toISOString(), nonce: `nonce-${String(++used).padStart(12, '0')}`, ...more },
  });

interface Sending {
  key?: KeyObject;
  id?: string;
  /** What is sent instead of what was signed. */
  sent?: string;
}

/** As a connector anywhere sends it: no cookie, no token, from another site. */
async function send(
  body: string,
  { key = pair.privateKey, id = connector, sent = body }: Sending = {},
): Promise<Answer> {
  const signature = `ed25519:${sign(null, Buffer.from(body), key).toString('base64')}`;
  const headers = { 'content-type': 'application/json', 'x-connector': id, 'x-signature': signature };
  const url = `${system.at.system.url}/api/v1/device-reports`;
  const answer = await fetch(url, { method: 'POST', headers: { connection: 'close', ...headers }, body: sent });
  return { status: answer.status, body: (await answer.json()) as Json };
}

const deletions = (): Promise<Json[]> => system.at.api.all('findings?detector=LOCAL_CHAT_DELETED');
const kept = async (): Promise<Json[]> => system.at.db.query('SELECT * FROM device_report ORDER BY id DESC');

test('DET LOCAL_CHAT_DELETED a signed report is kept to the byte, held against the archive, and found once', async () => {
  const body = `${report()} `;
  expect((await send(body)).status).toBe(201);
  expect((await kept())[0]).toMatchObject({ connector_id: connector, body });
  const [finding] = await deletions();
  expect(finding).toMatchObject({
    ...{ evidence_level: 'OFFICIAL', severity: 'high', userid: 'Chen', external_userid: outsider(1) },
    features: { connector: 'mdm-demo', device: 'phone-77', messages_held: 3, staff_known: true },
    evidence: [{ source: 'device_report', ref: String((await kept())[0]?.id) }],
  });
  const { evidence } = system.at.system.services;
  await evidence.seal({ sign: true });
  expect(await evidence.verify()).toMatchObject({ ok: true });
  await expect(system.at.db.execute("UPDATE device_report SET body = '{}'")).rejects.toThrow('insert-only');
});

test('DET LOCAL_CHAT_DELETED a report of somebody nobody knows is kept and found all the same', async () => {
  expect((await send(report({ userid: 'stranger', peer: undefined, chat_id: 'wrNowhere' }))).status).toBe(201);
  const [finding] = await deletions();
  expect(finding).toMatchObject({
    ...{ userid: 'stranger', chat_id: 'wrNowhere', features: { staff_known: false, messages_held: 0 } },
  });
});

test('DET LOCAL_CHAT_DELETED one changed byte, another key, another connector: refused, and nothing is kept', async () => {
  const before = [(await kept()).length, (await deletions()).length];
  const body = report();
  const forged = await send(body, { sent: body.replace('phone-77', 'phone-78') });
  expect([forged.status, forged.body.code]).toEqual([401, 'CONNECTOR_BAD_SIGNATURE']);
  expect((await send(body, { sent: `${body} ` })).status).toBe(401);
  expect((await send(body, { key: generateKeyPairSync('ed25519').privateKey })).status).toBe(401);
  const unknown = await send(body, { id: 'none-such' });
  expect([unknown.status, unknown.body.code]).toEqual([401, 'CONNECTOR_UNKNOWN']);
  expect([(await kept()).length, (await deletions()).length]).toEqual(before);
});

test('VIO-2.2-5 DET LOCAL_CHAT_DELETED told again it is refused, at the same time too; what has not happened yet is refused', async () => {
  const body = report();
  const both = await Promise.all([send(body), send(body)]);
  expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
  expect((await send(body)).body.code).toBe('CONNECTOR_REPLAYED');
  const ahead = await send(report({ at: new Date(Date.now() + 6 * 60_000).toISOString() }));
  expect([ahead.status, ahead.body.code]).toEqual([422, 'CONNECTOR_CLOCK_SKEW']);
});

test('DET LOCAL_CHAT_DELETED what a phone did while it was offline is reported late, and only once', async () => {
  const at = '2026-03-02T08:30:00.000Z';
  const body = report({ at });
  expect((await send(body)).status).toBe(201);
  expect((await deletions())[0]).toMatchObject({ occurred_at: at, features: { messages_held: 3 } });
  const again = await send(body);
  expect([again.status, again.body.code]).toEqual([409, 'CONNECTOR_REPLAYED']);
});

test.each([
  ['all zero, of order 4', '00'.repeat(32)],
  ['all zero with a sign, of order 4', `${'00'.repeat(31)}80`],
  ['the neutral element', `01${'00'.repeat(31)}`],
  ['of order 2', `ec${'ff'.repeat(30)}7f`],
  ['of order 8', '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05'],
  ['of order 8, too', 'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa'],
  ['the neutral element with p added', `ee${'ff'.repeat(30)}7f`],
  ['no point of the curve', `02${'00'.repeat(31)}`],
])('S12 a connector is not registered by a key that anybody can sign for: %s', async (_what, hex) => {
  const public_key = Buffer.from(hex, 'hex').toString('base64');
  const refused = await desk.call(admin, 'device-connectors', { name: 'weak', public_key });
  expect([refused.status, refused.body.code]).toEqual([422, 'CONNECTOR_BAD_KEY']);
});

test('S12 every key that is made in earnest is taken', () => {
  for (let n = 0; n < 50; n++) {
    const { publicKey } = generateKeyPairSync('ed25519');
    expect([publicKey, isSoundKey(Buffer.from(rawKey(publicKey), 'base64'))]).toEqual([publicKey, true]);
  }
});

test('DET LOCAL_CHAT_DELETED a report names a peer or a group, one of them, and an act we know', async () => {
  const bad = [{ chat_id: 'wrOne' }, { peer: undefined }, { action: 'looked' }, { nonce: 'short' }, { more: 1 }];
  for (const more of bad) expect((await send(report(more))).status).toBe(422);
});

test('S12 a connector is registered by a security administrator with a second factor, audited; disabled it is believed no more', async () => {
  const key = rawKey(generateKeyPairSync('ed25519').publicKey);
  const late = await person(['security_admin'], { name: 'without factor', withFactor: false });
  expect((await desk.call(late, 'device-connectors', { name: 'x', public_key: key })).status).toBe(403);
  const officer = await desk.officer('Anna');
  expect((await desk.call(officer, 'device-connectors', { name: 'x', public_key: key })).status).toBe(403);
  expect((await desk.call(admin, 'device-connectors', { name: 'mdm-demo', public_key: key })).status).toBe(409);
  expect((await desk.call(admin, 'device-connectors', { name: 'x', public_key: 'short' })).status).toBe(422);
  const disabled = await desk.call(admin, `device-connectors/${connector}/disable`, {});
  expect(disabled.body).toMatchObject({ name: 'mdm-demo', disabled_at: expect.any(String) });
  expect((await send(report())).body.code).toBe('CONNECTOR_UNKNOWN');
  const [listed] = (await desk.call(admin, 'device-connectors')).body.items;
  expect(listed.reports).toBeGreaterThan(2);
  const acts = await system.at.db.query<{ action: string }>(
    'SELECT action FROM audit_event WHERE target = ? ORDER BY id',
    [`device_connector:${connector}`],
  );
  expect(acts.map(({ action }) => action)).toEqual(['device_connector.registered', 'device_connector.disabled']);
});

test('V2.4.1 reports are counted like every request of an address, before anybody looks at the signature', async () => {
  const url = `${strict.at.system.url}/api/v1/device-reports`;
  const statuses: number[] = [];
  for (let n = 0; n < 62; n++) {
    const headers = { connection: 'close', 'content-type': 'application/json', 'x-connector': 'none-such' };
    statuses.push((await fetch(url, { method: 'POST', headers, body: report() })).status);
  }
  expect(new Set(statuses.slice(0, 60))).toEqual(new Set([401]));
  expect(statuses.slice(60)).toEqual([429, 429]);
});
