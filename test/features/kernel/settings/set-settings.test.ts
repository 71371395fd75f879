import { readFileSync } from 'node:fs';
import { createLogger } from 'winston';
import { toUnix } from '../../../../src/core/clock';
import { type Role, roleKeys } from '../../../../src/http/roles';
import { type System, startSystem } from '../../../../src/main';
import { eventSamples, sandboxSettings } from '../../../../src/sandbox';
import { createCallbackCrypto } from '../../../../src/wecom/crypto';
import { filesBelow } from '../../../house/files';
import { aPerson } from '../../../support/people';
import { type Json, until, useSystem } from '../../../support/system';

/** The environment leaves the self-built app and the archive open. */
const open = Object.fromEntries(
  ['AGENT', 'ARCHIVE'].flatMap((app) =>
    ['SECRET', 'CALLBACK_TOKEN', 'CALLBACK_AES_KEY'].map((part) => [`WECOM_${app}_${part}`, '']),
  ),
);
const company = { staff: 3, externalContacts: 3, groupChats: 1, leavers: 0 };
const system = useSystem({ ...company, env: { ...open, WECOM_AGENT_ID: '' } });

type Who = Record<string, string>;
let admin: Who;
let officer: Who;
beforeAll(async () => {
  admin = await inBrowser('system_admin');
  officer = await inBrowser('compliance_officer');
});

const inBrowser = async (role: Role): Promise<Who> =>
  (await aPerson({ access: system.at.system.services.access, db: system.at.db }, { roles: [role] })).headers;

interface Asked {
  method: string;
  path: string;
  body?: object;
  who?: Who;
}

async function ask({ method, path, body, who = admin }: Asked): Promise<{ status: number; body: Json }> {
  const answer = await fetch(`${system.at.system.url}/api/v1/${path}`, {
    method,
    headers: { ...who, 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const text = await answer.text();
  return { status: answer.status, body: text === '' ? {} : JSON.parse(text) };
}

const set = (name: string, value: unknown, who = admin) =>
  ask({ method: 'PUT', path: `settings/${name}`, body: { value }, who });
const clear = (name: string, who = admin) => ask({ method: 'DELETE', path: `settings/${name}`, who });
const codeOf = ({ status, body }: { status: number; body: Json }) => [status, body.code];

test('what the environment leaves open is set, counts at once, and is not shown', async () => {
  const { agentId, agent } = sandboxSettings;
  expect((await ask({ method: 'POST', path: 'settings/tests' })).body.items[0].outcome).toBe('not_configured');
  const id = await set('WECOM_AGENT_ID', ` ${agentId} `);
  expect(id.body).toMatchObject({ source: 'database', value: String(agentId), editable: true });
  const secret = await set('WECOM_AGENT_SECRET', 'wrong');
  expect([secret.status, secret.body.source, secret.body.value]).toEqual([200, 'database', null]);
  expect((await ask({ method: 'POST', path: 'settings/tests' })).body.items[0]).toMatchObject({ outcome: 'failed' });
  await set('WECOM_AGENT_SECRET', agent.secret);
  expect((await ask({ method: 'POST', path: 'settings/tests' })).body.items[0].outcome).toBe('ok');
  const { body } = await ask({ method: 'GET', path: 'settings' });
  const one = (name: string) => body.settings.find((setting: Json) => setting.name === name);
  expect(one('WECOM_AGENT_SECRET')).toMatchObject({ source: 'database', value: null, editable: true });
  expect(one('WECOM_CONTACTS_SECRET')).toMatchObject({ source: 'environment', editable: false });
  expect(JSON.stringify(body)).not.toContain(agent.secret);
});

test('the environment wins, and only WeCom settings are set here', async () => {
  for (const change of [
    () => set('WECOM_CONTACTS_SECRET', 'x'),
    () => clear('WECOM_CONTACTS_SECRET'),
    () => set('WECOM_CORP_ID', 'wwother'),
  ]) {
    expect(codeOf(await change())).toEqual([409, 'SETTINGS_GIVEN_BY_ENVIRONMENT']);
  }
  for (const name of ['PORT', 'DATABASE_URL', 'MASTER_KEY', 'WECOM_API_BASE', 'NO_SUCH', '__proto__']) {
    expect([name, ...codeOf(await set(name, '1'))]).toEqual([name, 404, 'SETTINGS_NOT_SETTABLE']);
    expect([name, ...codeOf(await clear(name))]).toEqual([name, 404, 'SETTINGS_NOT_SETTABLE']);
  }
});

test.each([
  ['WECOM_AGENT_CALLBACK_AES_KEY', 'what is too short', 'short'],
  ['WECOM_AGENT_CALLBACK_AES_KEY', 'other signs', '='.repeat(43)],
  ['WECOM_AGENT_ID', 'words', 'abc'],
  ['WECOM_AGENT_ID', 'fractions', '1.5'],
  ['WECOM_ARCHIVE_SECRET', 'blanks', '   '],
  ['WECOM_ARCHIVE_SECRET', 'what is too long', 'x'.repeat(513)],
  ['WECOM_ARCHIVE_SECRET', 'anything but text', 7],
])('%s does not take %s', async (name, _what, value) => {
  const { status, body } = await set(name, value);
  expect([status, body.fields.map((field: Json) => field.path)]).toEqual([422, ['value']]);
});

test('S9 only the system administrator sets and clears', async () => {
  for (const role of roleKeys.filter((key) => key !== 'system_admin')) {
    const who = await inBrowser(role);
    const change = [await set('WECOM_ARCHIVE_SECRET', 'x', who), await clear('WECOM_AGENT_SECRET', who)];
    expect([role, ...change.map(codeOf)]).toEqual([role, [403, 'FORBIDDEN'], [403, 'FORBIDDEN']]);
  }
});

test('S13 S16 the value is sealed at rest, and the audit trail names the setting without it', async () => {
  const canary = 'Canary7Canary7Canary7Canary7Canary7Canary7A';
  await set('WECOM_ARCHIVE_SECRET', canary);
  await set('WECOM_ARCHIVE_CALLBACK_AES_KEY', canary);
  await clear('WECOM_ARCHIVE_CALLBACK_AES_KEY');
  expect((await clear('WECOM_ARCHIVE_CALLBACK_AES_KEY')).status).toBe(204);
  const { items } = (await ask({ method: 'GET', path: 'audit-events?limit=3', who: officer })).body;
  expect(items.map((row: Json) => [row.action, row.target, row.result])).toEqual([
    ['settings.clear', 'setting:WECOM_ARCHIVE_CALLBACK_AES_KEY', 'ok'],
    ['settings.set', 'setting:WECOM_ARCHIVE_CALLBACK_AES_KEY', 'ok'],
    ['settings.set', 'setting:WECOM_ARCHIVE_SECRET', 'ok'],
  ]);
  expect(items[0]).toMatchObject({
    actor: expect.stringMatching(/^account:/),
    address: expect.stringContaining('127'),
  });
  for (const table of ['setting', 'audit_event', 'idempotency_key', 'wecom_token', 'job']) {
    const rows = JSON.stringify(await system.at.db.query(`SELECT * FROM ${table}`));
    expect([table, rows.includes(canary)]).toEqual([table, false]);
  }
  const files = filesBelow([system.at.dataDir], /./).filter((file) => readFileSync(file).includes(canary));
  expect(files).toEqual([]);
});

const keyOf = (letter: string) => letter.repeat(42).padEnd(43, 'A');
const receiveId = sandboxSettings.corpId;

/** Delivers a callback signed with this token and key. @returns the status */
async function deliver(url: string, { token, aesKey }: { token: string; aesKey: string }): Promise<number> {
  const crypto = createCallbackCrypto({ token, aesKey, receiveId });
  const createTime = toUnix(new Date());
  const encrypt = crypto.encrypt(eventSamples['change_external_contact/edit_external_contact']?.({ createTime }) ?? '');
  const parts = { timestamp: String(createTime), nonce: '12345', encrypt };
  const query = new URLSearchParams({ msg_signature: crypto.sign(parts), timestamp: parts.timestamp, nonce: '12345' });
  const body = `<xml><ToUserName><![CDATA[${receiveId}]]></ToUserName><Encrypt><![CDATA[${encrypt}]]></Encrypt></xml>`;
  return (await fetch(`${url}/callbacks/wecom/agent?${query}`, { method: 'POST', body })).status;
}

describe('with a second process', () => {
  let second: System;
  beforeAll(async () => {
    const config = { ...system.at.system.config, role: 'web' as const };
    second = await startSystem({ config, migrate: false, logger: createLogger({ silent: true }) });
  });
  afterAll(() => second.stop());

  const becomes = (status: number, keys: { token: string; aesKey: string }) =>
    until(`the other process answers ${status}`, async () => (await deliver(second.url, keys)) === status, 3000);

  test('S1 a callback token set while running opens the receivers of all processes within 3 s, and closes the old one', async () => {
    const first = { token: 'first-token', aesKey: keyOf('a') };
    const next = { token: 'next-token', aesKey: keyOf('b') };
    const { url } = system.at.system;
    expect([await deliver(url, first), await deliver(second.url, first)]).toEqual([404, 404]);

    await set('WECOM_AGENT_CALLBACK_TOKEN', first.token);
    expect(await deliver(url, first)).toBe(404);
    await set('WECOM_AGENT_CALLBACK_AES_KEY', first.aesKey);
    expect(await deliver(url, first)).toBe(200);
    await becomes(200, first);

    await set('WECOM_AGENT_CALLBACK_TOKEN', next.token);
    await set('WECOM_AGENT_CALLBACK_AES_KEY', next.aesKey);
    expect([await deliver(url, next), await deliver(url, first)]).toEqual([200, 403]);
    await becomes(200, next);
    expect(await deliver(second.url, first)).toBe(403);

    await clear('WECOM_AGENT_CALLBACK_TOKEN');
    expect(await deliver(url, next)).toBe(404);
    await becomes(404, next);
  });
});
