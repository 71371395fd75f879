import { sandboxSettings } from '../../../../src/sandbox';
import { type Json, useSystem } from '../../../support/system';

const system = useSystem({
  ...{ staff: 2, externalContacts: 1, groupChats: 0, leavers: 0 },
  env: { WECOM_AGENT_ID: '', WECOM_ARCHIVE_SECRET: '' },
});

let admin: string;
let auditor: string;
beforeAll(async () => {
  const { access } = system.at.system.services;
  admin = (await access.issueToken({ name: 'admin', roles: ['system_admin'] })).token;
  auditor = (await access.issueToken({ name: 'officer', roles: ['compliance_officer'] })).token;
});

async function ask(
  method: string,
  path: string,
  body?: object,
  token = admin,
): Promise<{ status: number; body: Json }> {
  const answer = await fetch(`${system.at.system.url}/api/v1/${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const text = await answer.text();
  return { status: answer.status, body: text === '' ? {} : JSON.parse(text) };
}

const set = (name: string, value: string, version?: number) => ask('PUT', `settings/${name}`, { value, version });
const restore = (name: string, from: number, version?: number) =>
  ask('POST', `settings/${name}/restorations`, { from, version });
const versionsOf = async (name: string): Promise<Json[]> =>
  (await ask('GET', `settings/versions?name=${name}`)).body.items;
const settingOf = async (name: string): Promise<Json> =>
  (await ask('GET', 'settings')).body.settings.find((one: Json) => one.name === name);

const id = 'WECOM_AGENT_ID';
const secret = 'WECOM_ARCHIVE_SECRET';

test('every change is a version with who, when, before and after', async () => {
  expect((await settingOf(id)).version).toBe(0);
  await set(id, '1000007');
  await set(id, '1000008', 1);
  await ask('DELETE', `settings/${id}?version=2`);
  const items = await versionsOf(id);
  expect(
    items.map(({ version, kind, previous_value, value, current, restorable }) => ({
      ...{ version, kind, previous_value, value, current, restorable },
    })),
  ).toEqual([
    { version: 3, kind: 'clear', previous_value: '1000008', value: null, current: true, restorable: false },
    { version: 2, kind: 'set', previous_value: '1000007', value: '1000008', current: false, restorable: true },
    { version: 1, kind: 'set', previous_value: null, value: '1000007', current: false, restorable: true },
  ]);
  expect(items[0]).toMatchObject({ changed_by: expect.stringMatching(/^token:/), secret: false });
  expect(Math.abs(Date.parse(items[0]?.changed_at) - Date.now())).toBeLessThan(60_000);
  const { items: audit } = (await ask('GET', 'audit-events?limit=1', undefined, auditor)).body;
  expect(audit[0]).toMatchObject({
    action: 'settings.clear',
    detail: { version: 3, before: '1000008', after: null },
  });
});

test('one goes back to a version, and that is a new version', async () => {
  const gone = await restore(id, 1, 3);
  expect([gone.status, gone.body.value, gone.body.version]).toEqual([200, '1000007', 4]);
  expect((await versionsOf(id))[0]).toMatchObject({ kind: 'restore', restored_from: 1, value: '1000007' });
  const cleared = await restore(id, 3, 4);
  expect([cleared.body.source, cleared.body.value]).toEqual(['unset', null]);
});

test('S13 a secret is only ever a keyed fingerprint, and going back to it works', async () => {
  await set(secret, 'Canary-first-secret');
  await set(secret, 'Canary-second-secret');
  await set(secret, sandboxSettings.archive.secret);
  await set(secret, 'Canary-first-secret');
  const [fourth, third, , first] = await versionsOf(secret);
  expect(fourth?.fingerprint).toBe(first?.fingerprint);
  expect(fourth?.fingerprint).toMatch(/^[\w-]{12}$/);
  expect(fourth?.fingerprint).not.toBe(third?.fingerprint);
  expect(fourth?.previous_fingerprint).toBe(third?.fingerprint);
  await restore(secret, 3);
  const { items } = (await ask('POST', 'settings/tests')).body;
  expect(items[2]).toMatchObject({ app: 'archive', outcome: 'ok' });
  for (const path of ['settings/versions?limit=200', 'settings']) {
    const text = JSON.stringify((await ask('GET', path)).body);
    expect(text).not.toMatch(/Canary|sandbox-archive-secret/);
  }
  const rows = JSON.stringify([
    await system.at.db.query('SELECT * FROM setting_version'),
    await system.at.db.query("SELECT * FROM audit_event WHERE action LIKE 'settings.%'"),
  ]);
  expect(rows).not.toMatch(/Canary|sandbox-archive-secret/);
});

test('a change on top of a version that is not the newest is refused with 409', async () => {
  const { version } = await settingOf(secret);
  const late = [
    await set(secret, 'late', version - 1),
    await restore(secret, 1, version - 1),
    await ask('DELETE', `settings/${secret}?version=${version - 1}`),
  ];
  expect(late.map(({ status, body }) => [status, body.code])).toEqual(Array(3).fill([409, 'STALE_VERSION']));
  expect((await settingOf(secret)).version).toBe(version);
});

test('of two who change one version at once one is told 409', async () => {
  const { version } = await settingOf(id);
  const both = await Promise.all([set(id, '1000011', version), set(id, '1000012', version)]);
  expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  expect((await settingOf(id)).version).toBe(version + 1);
});

test('a version that does not exist, or whose value was tampered with, cannot be gone back to', async () => {
  expect((await restore(id, 99)).body.code).toBe('SETTINGS_NO_VERSION');
  const before = await settingOf(secret);
  await system.at.db.execute('UPDATE setting_version SET value = ? WHERE name = ? AND version = 1', [
    'v1.AAAA',
    secret,
  ]);
  expect((await versionsOf(secret)).at(-1)).toMatchObject({ version: 1, restorable: false });
  expect((await restore(secret, 1)).body.code).toBe('SETTINGS_VERSION_SEALED');
  expect(await settingOf(secret)).toEqual(before);
});

test('a value from before versions were kept becomes the first of them', async () => {
  const name = 'WECOM_AGENT_ID';
  await system.at.db.execute('DELETE FROM setting_version WHERE name = ?', [name]);
  await set(name, '1000013', 1).then(({ status }) => expect(status).toBe(200));
  const items = await versionsOf(name);
  expect(items.map(({ version, kind }) => [version, kind])).toEqual([
    [2, 'set'],
    [1, 'found'],
  ]);
  expect(items[0]?.previous_value).toMatch(/^100001[12]$/);
});

test('the list goes on by its cursor', async () => {
  const first = (await ask('GET', 'settings/versions?limit=2')).body;
  const second = (await ask('GET', `settings/versions?limit=2&cursor=${first.next_cursor}`)).body;
  expect([...first.items, ...second.items].map(({ id: row }) => row)).toEqual(
    [...first.items, ...second.items].map(({ id: row }) => row).sort((a, b) => b - a),
  );
  expect(new Set([...first.items, ...second.items].map(({ id: row }) => row)).size).toBe(4);
});

test('a stored value that was damaged does not stand in the way of a new one', async () => {
  await system.at.db.execute('UPDATE setting SET value = ? WHERE name = ?', ['v1.AAAA', id]);
  expect((await set(id, '1000020')).status).toBe(200);
  expect((await settingOf(id)).value).toBe('1000020');
});
