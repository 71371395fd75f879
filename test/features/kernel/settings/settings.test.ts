import request from 'supertest';
import { loadConfig } from '../../../../config';
import { aboutSetting, environment, settingNames } from '../../../../config/schema';
import { createLiveSettings, createOwnAddress, createSettingsService } from '../../../../src/features/kernel/settings';
import { openApp, silent } from '../../../http/support';
import { aPerson } from '../../../support/people';
import { refuse } from '../../../wecom/support/fake-wecom';
import { type WecomAtTest, wecomAtTest } from '../../../wecom/support/wecom-at-test';

const secrets = {
  MASTER_KEY: Buffer.from('0123456789abcdefghijklmnopqrstuv').toString('base64'),
  DATABASE_URL: 'mysql://scrm:hunter2@db.example/scrm',
  REDIS_URL: 'redis://:hunter3@cache.example',
  METRICS_TOKEN: 'hunter4',
  WECOM_AGENT_SECRET: 'hunter5',
  WECOM_AGENT_CALLBACK_TOKEN: 'hunter6',
  WECOM_AGENT_CALLBACK_AES_KEY: `hunter7${'A'.repeat(36)}`,
  WECOM_CONTACTS_SECRET: 'hunter8',
};
const env = { ...secrets, WECOM_CORP_ID: 'ww0123', WECOM_AGENT_ID: '1000002', PUBLIC_URL: 'https://scrm.example.com/' };

let world: WecomAtTest;
beforeEach(async () => {
  world = await wecomAtTest();
});
afterEach(() => world.stop());

function settingsOf(given: Record<string, string>) {
  const config = loadConfig(given);
  const { db, vault } = world;
  const { wecom } = world.start();
  return createSettingsService({
    config,
    db,
    vault,
    address: createOwnAddress(config),
    notes: {
      noteEgress: async () => undefined,
      verifiedAt: async () => new Map([['agent', new Date('2026-03-01T02:00:00.000Z')]]),
    },
    audit: { record: async () => undefined },
    live: createLiveSettings({ config, db, vault, logger: silent }),
    catalogue: { names: settingNames, about: aboutSetting, shapes: environment.shape },
    version: '1.2.3',
    wecom: wecom.platform,
    resetToken: (app) => wecom.tokens.reset(app),
    lastReceived: async () => ({ agent: new Date('2026-03-02T02:00:00.000Z'), contacts: null, archive: null }),
  });
}

test('every setting is shown with where it comes from', async () => {
  const view = await settingsOf({ ...env, PORT: '8080' }).view();
  expect(view).toMatchObject({ mode: 'live', corp_id: 'ww0123', version: '1.2.3' });
  expect(view.settings.map(({ name }) => name)).toEqual(settingNames);
  const one = (name: string) => view.settings.find((setting) => setting.name === name);
  expect(one('PORT')).toMatchObject({ source: 'environment', value: '8080', secret: false });
  expect(one('LOG_KEEP_DAYS')).toMatchObject({ source: 'default', value: '14' });
  expect(one('WECOM_ARCHIVE_SECRET')).toMatchObject({ source: 'unset', value: null, secret: true });
  expect(one('WECOM_AGENT_SECRET')).toMatchObject({ source: 'environment', value: null, secret: true });
  expect(view.settings.filter(({ editable }) => editable).map(({ name }) => name)).toEqual([
    'EGRESS_ADDRESSES',
    'WECOM_VERIFY_FILES',
    'WECOM_CONTACTS_CALLBACK_TOKEN',
    'WECOM_CONTACTS_CALLBACK_AES_KEY',
    'WECOM_ARCHIVE_SECRET',
    'WECOM_ARCHIVE_CALLBACK_TOKEN',
    'WECOM_ARCHIVE_CALLBACK_AES_KEY',
  ]);
});

test('the demo company has nothing to set', async () => {
  const settings = settingsOf({});
  expect((await settings.view()).settings.filter(({ editable }) => editable)).toEqual([]);
  const app = await openApp({ services: { settings } });
  const address = '/api/v1/settings/WECOM_AGENT_SECRET';
  const { headers } = await aPerson(app, { roles: ['system_admin'] });
  for (const asked of [request(app.server).put(address), request(app.server).delete(address)]) {
    const response = await asked.set(headers).send({ value: 'x' });
    expect([response.status, response.body.code]).toEqual([409, 'SETTINGS_SANDBOX']);
  }
  await app.close();
});

test('S15: no secret leaves, in whole or in part', async () => {
  const settings = settingsOf(env);
  const app = await openApp({ services: { settings } });
  const response = await request(app.server).get('/api/v1/settings').set(app.bearer);
  expect(response.status).toBe(200);
  expect(response.text).not.toMatch(/hunter|db\.example|cache\.example|0123456789abc/);
  expect(response.text).not.toContain(secrets.MASTER_KEY);
  await app.close();
});

test('callback addresses are complete, and tell whether and when they were used', async () => {
  const { callbacks } = await settingsOf(env).view();
  expect(callbacks).toEqual([
    {
      receiver: 'agent',
      url: 'https://scrm.example.com/callbacks/wecom/agent',
      configured: true,
      verified_at: '2026-03-01T02:00:00.000Z',
      last_event_at: '2026-03-02T02:00:00.000Z',
    },
    {
      receiver: 'contacts',
      url: 'https://scrm.example.com/callbacks/wecom/contacts',
      configured: false,
      verified_at: null,
      last_event_at: null,
    },
    {
      receiver: 'archive',
      url: 'https://scrm.example.com/callbacks/wecom/archive',
      configured: false,
      verified_at: null,
      last_event_at: null,
    },
  ]);
  const local = await settingsOf({ HOST: '::', PORT: '80' }).view();
  expect(local.callbacks[0]?.url).toBe('http://localhost:80/callbacks/wecom/agent');
});

test('a test of the settings says what works and what to click where it does not', async () => {
  world.fake.on('agent/get', refuse(60020, 'not allow to access from your ip'));
  world.fake.on('user/list_id', { json: { errcode: 0, errmsg: 'ok', dept_user: [] } });
  const app = await openApp({ services: { settings: settingsOf(env) } });
  const response = await request(app.server).post('/api/v1/settings/tests').set(app.bearer);
  expect(response.status).toBe(200);
  expect(response.body.items).toEqual([
    {
      app: 'agent',
      outcome: 'failed',
      errcode: 60020,
      advice: { zh: expect.stringContaining('企业可信IP'), en: expect.stringContaining('trusted') },
    },
    { app: 'contacts', outcome: 'ok', errcode: null, advice: null },
    { app: 'archive', outcome: 'not_configured', errcode: null, advice: null },
  ]);
  await app.close();
});

test('an agent without its id is not configured, and a WeCom out of reach is told so', async () => {
  world.fake.on('gettoken', { status: 502 });
  const { WECOM_AGENT_ID: _, ...withoutId } = env;
  const { items } = await settingsOf(withoutId).test({ actor: 'host', address: '' });
  expect(items).toEqual([
    { app: 'agent', outcome: 'not_configured', errcode: null, advice: null },
    {
      app: 'contacts',
      outcome: 'failed',
      errcode: null,
      advice: { zh: expect.stringContaining('无法连接'), en: expect.stringContaining('cannot be reached') },
    },
    { app: 'archive', outcome: 'not_configured', errcode: null, advice: null },
  ]);
});
