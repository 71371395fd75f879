import { createLogger } from 'winston';
import { loadConfig } from '../../../../config';
import { systemClock } from '../../../../src/core/clock';
import { allEntities } from '../../../../src/entities';
import { restoreBackup } from '../../../../src/features/kernel/backups';
import { startSystem } from '../../../../src/main';
import { sandboxSettings } from '../../../../src/sandbox';
import { createCallbackCrypto } from '../../../../src/wecom/crypto';
import { type Json, useSystem } from '../../../support/system';

const values = ['AGENT', 'CONTACTS', 'ARCHIVE'].flatMap((app) =>
  ['SECRET', 'CALLBACK_TOKEN', 'CALLBACK_AES_KEY'].map((part) => `WECOM_${app}_${part}`),
);
/** Nothing but the mode and where WeCom is. */
const empty = Object.fromEntries([...values, 'WECOM_CORP_ID', 'WECOM_AGENT_ID'].map((name) => [name, '']));
const system = useSystem({
  ...{ staff: 4, externalContacts: 10, groupChats: 1, leavers: 0 },
  env: { ...empty, WECOM_MODE: 'live' },
});

let admin: string;
beforeAll(async () => {
  admin = (await system.at.system.services.access.issueToken({ name: 'admin', roles: ['system_admin'] })).token;
});

async function ask(method: string, path: string, body?: object): Promise<{ status: number; body: Json }> {
  const answer = await fetch(`${system.at.system.url}/api/v1/${path}`, {
    method,
    headers: { authorization: `Bearer ${admin}`, 'content-type': 'application/json', connection: 'close' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const text = await answer.text();
  return { status: answer.status, body: text === '' ? {} : JSON.parse(text) };
}
const set = (name: string, value: string) => ask('PUT', `settings/${name}`, { value });
const test1 = async () => (await ask('POST', 'settings/tests')).body.items[0];
const settings = async () => (await ask('GET', 'settings')).body;
const deployment = async () => (await system.at.db.query<Json>('SELECT corp_id, bound_as FROM deployment'))[0];

const { corpId, agentId, agent } = sandboxSettings;

test('a live server without a company starts, says so, and opens no receiver', async () => {
  expect(await settings()).toMatchObject({ mode: 'live', connected: false, corp_id: '' });
  expect((await ask('GET', 'overview')).body).toMatchObject({ mode: 'live', connected: false });
  expect(await deployment()).toMatchObject({ corp_id: '', bound_as: expect.stringMatching(/^unnamed-/) });
  expect((await test1()).outcome).toBe('not_configured');
  const keys = await ask('POST', 'settings/callback-keys', { receiver: 'agent' });
  expect(keys.body).toEqual({
    url: `${system.at.system.url}/callbacks/wecom/agent`,
    token: expect.stringMatching(/^[A-Za-z0-9]{32}$/),
    aes_key: expect.stringMatching(/^[A-Za-z0-9]{43}$/),
  });
  expect((await fetch(`${keys.body.url}?msg_signature=a&timestamp=1&nonce=1&echostr=a`)).status).toBe(404);
  expect((await ask('GET', 'session/ways')).body.wecom).toBe(false);
});

test('what is typed does not connect before WeCom accepts it', async () => {
  await set('WECOM_CORP_ID', 'wwtypo');
  await set('WECOM_AGENT_ID', String(agentId));
  await set('WECOM_AGENT_SECRET', agent.secret);
  expect(await test1()).toMatchObject({ outcome: 'failed', errcode: 40013 });
  expect(await settings()).toMatchObject({ connected: false, corp_id: 'wwtypo' });
});

test('the first test that works stamps the database, once and for all', async () => {
  await set('WECOM_CORP_ID', corpId);
  // The company is proved by the token, also where the address of the server is not trusted yet.
  system.at.sandbox.faults.set('refused', { errcode: 60020 });
  expect(await test1()).toMatchObject({ outcome: 'failed', errcode: 60020 });
  system.at.sandbox.faults.clear();
  expect(await settings()).toMatchObject({ connected: true, corp_id: corpId });
  expect(await deployment()).toMatchObject({ corp_id: corpId });
  const { items } = (await system.at.api.get('audit-events?limit=1')).body;
  expect(items[0]).toMatchObject({ action: 'company.connected', target: `company:${corpId}` });
  for (const change of [await set('WECOM_CORP_ID', 'wwother'), await ask('DELETE', 'settings/WECOM_CORP_ID')]) {
    expect([change.status, change.body.code]).toEqual([409, 'SETTINGS_CONNECTED']);
  }
});

test('S13 what was sealed before the company came still opens after a restart, and the chain is whole', async () => {
  await system.at.restart();
  expect(await settings()).toMatchObject({ connected: true, corp_id: corpId });
  expect((await test1()).outcome).toBe('ok');
  const verdict = await system.at.system.services.verifications.verify({ scope: 'all', actor: 'host', anchor: false });
  expect(verdict).toMatchObject({ ok: true, faults: [] });
});

test('a callback of the company is understood with the keys that were made', async () => {
  const { url, token, aes_key } = (await ask('POST', 'settings/callback-keys', { receiver: 'contacts' })).body;
  const crypto = createCallbackCrypto({ token, aesKey: aes_key, receiveId: corpId });
  const parts = { timestamp: '1772400000', nonce: '12345', encrypt: crypto.encrypt('7788') };
  const { timestamp, nonce, encrypt } = parts;
  const query = new URLSearchParams({ msg_signature: crypto.sign(parts), timestamp, nonce, echostr: encrypt });
  expect(await (await fetch(`${url}?${query}`)).text()).toBe('7788');
});

test('the settings of another company do not open it; those of the same do', async () => {
  const { config } = system.at.system;
  const start = (wecom: Partial<typeof config.wecom>) =>
    startSystem({
      config: { ...config, role: 'web', wecom: { ...config.wecom, ...wecom } },
      migrate: false,
      logger: createLogger({ silent: true }),
    });
  await expect(start({ corpId: 'wwother' })).rejects.toThrow(`belongs to company ${corpId}, not to company wwother`);
  await (await start({ corpId })).stop();
});

test('a backup of it opens elsewhere, with or without the corp id in the settings', async () => {
  const { backups, access } = system.at.system.services;
  const taken = await backups.take({ to: `${system.at.dataDir}/copy/`, actor: 'host' });
  expect((await access.listTokens()).length).toBeGreaterThan(0);
  for (const corp of ['', corpId]) {
    const { config: own } = system.at.system;
    const config = { ...own, databaseUrl: `sqlite:${system.at.dataDir}/other-${corp}.db` };
    const restored = await restoreBackup({
      config: { ...config, wecom: { ...config.wecom, corpId: corp } },
      entities: allEntities,
      auditOf: () => ({ record: async () => undefined }),
      ...{ file: taken.file, recoveryKey: undefined, force: false, clock: systemClock },
    });
    expect(restored).toMatchObject({ corp_id: corpId, mode: 'live' });
    const second = await startSystem({
      config: { ...config, role: 'web', wecom: { ...config.wecom, corpId: corp } },
      ...{ migrate: false, logger: createLogger({ silent: true }) },
    });
    const view = await second.services.settings.view();
    expect([view.connected, view.corp_id]).toEqual([true, corpId]);
    const secret = view.settings.find(({ name }) => name === 'WECOM_AGENT_SECRET');
    expect(secret?.source).toBe('database');
    await second.stop();
  }
});

test('a corp id in the environment connects a database that has none yet', async () => {
  const { config: own } = system.at.system;
  const databaseUrl = `sqlite:${system.at.dataDir}/fresh.db`;
  const start = (corpId: string, mode: 'live' | 'sandbox' = 'live') =>
    startSystem({
      config: { ...own, role: 'web', databaseUrl, wecom: { ...own.wecom, corpId, mode } },
      ...{ migrate: true, backup: false, logger: createLogger({ silent: true }) },
    });
  await (await start('')).stop();
  await expect(start('wwsandbox', 'sandbox')).rejects.toThrow('a company yet to be connected, not to the sandbox');
  const second = await start('wwcompany');
  expect(await second.db.query('SELECT corp_id FROM deployment')).toEqual([{ corp_id: 'wwcompany' }]);
  await second.stop();
  await expect(start('wwother')).rejects.toThrow('belongs to company wwcompany');
});

test('without a word about WeCom it is still the demo company', () => {
  expect(loadConfig({}).wecom.mode).toBe('sandbox');
  expect(loadConfig({ WECOM_MODE: 'live' }).wecom).toMatchObject({ mode: 'live', corpId: '' });
});
