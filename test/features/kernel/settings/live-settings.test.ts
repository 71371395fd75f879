import { randomBytes } from 'node:crypto';
import { loadConfig } from '../../../../config';
import { aboutSetting, environment } from '../../../../config/schema';
import { firstKeys, Vault } from '../../../../src/core/vault';
import type { Database } from '../../../../src/db/database';
import { createLiveSettings } from '../../../../src/features/kernel/settings';
import { createSettingsEditor } from '../../../../src/features/kernel/settings/settings.editor';
import { createSettingStore } from '../../../../src/features/kernel/settings/settings.store';
import { openWholeDatabase } from '../../../http/support';

const masterKey = randomBytes(32);
const vault = new Vault(masterKey, 'ww0123', firstKeys(masterKey, 'ww0123'));
const by = 'account:1';

let db: Database;
let close: () => Promise<void>;
let logged: string[];
beforeEach(async () => {
  ({ db, close } = await openWholeDatabase());
  logged = [];
});
afterEach(() => close());

const note = (message: string, meta?: object) => void logged.push(`${message} ${JSON.stringify(meta)}`);
const logger = { warn: note, error: note } as unknown as Parameters<typeof createLiveSettings>[0]['logger'];

async function liveWith(env: Record<string, string>) {
  const live = createLiveSettings({ config: loadConfig(env), db, vault, logger });
  await live.refresh();
  return live;
}
const store = () => createSettingStore({ db, vault });
const live = { WECOM_CORP_ID: 'ww0123' };

test('the environment wins over what is stored, and what it leaves open is filled', async () => {
  await store().put({ name: 'WECOM_AGENT_SECRET', value: 'stored', by });
  await store().put({ name: 'WECOM_AGENT_ID', value: '1000007', by });
  await store().put({ name: 'WECOM_CONTACTS_SECRET', value: 'stored too', by });
  const settings = await liveWith({ ...live, WECOM_AGENT_SECRET: 'given' });
  expect(settings.wecomApp('agent').secret).toBe('given');
  expect(settings.isStored('WECOM_AGENT_SECRET')).toBe(false);
  expect(settings.agentId()).toBe(1000007);
  expect(settings.wecomApp('contacts')).toEqual({ secret: 'stored too' });
  expect([settings.get('WECOM_CONTACTS_SECRET'), settings.isStored('WECOM_CONTACTS_SECRET')]).toEqual([
    'stored too',
    true,
  ]);
});

test('a row of another name than the console may set is never read', async () => {
  const values = ['WECOM_CORP_ID', vault.seal('wwother', { table: 'setting', column: 'value', id: 'WECOM_CORP_ID' })];
  await db.execute('INSERT INTO setting (name, value, updated_at, updated_by) VALUES (?, ?, ?, ?)', [
    ...values,
    db.now(),
    by,
  ]);
  expect((await liveWith(live)).get('WECOM_CORP_ID')).toBe('ww0123');
});

test('an application is the same object until a setting changes', async () => {
  const settings = await liveWith(live);
  const before = settings.wecomApp('agent');
  await settings.refresh();
  expect(settings.wecomApp('agent')).toBe(before);
  await store().put({ name: 'WECOM_AGENT_CALLBACK_TOKEN', value: 'first', by });
  await settings.refresh();
  const first = settings.wecomApp('agent');
  expect(first.callbackToken).toBe('first');
  await store().put({ name: 'WECOM_AGENT_CALLBACK_TOKEN', value: 'second', by });
  await settings.refresh();
  expect(settings.wecomApp('agent').callbackToken).toBe('second');
  await store().remove('WECOM_AGENT_CALLBACK_TOKEN');
  await settings.refresh();
  expect(settings.wecomApp('agent').callbackToken).toBeUndefined();
});

test('S13 a sealed value moved to another setting does not open; the rest still counts', async () => {
  await store().put({ name: 'WECOM_AGENT_SECRET', value: 'canary-one', by });
  await store().put({ name: 'WECOM_CONTACTS_SECRET', value: 'canary-two', by });
  await db.execute("UPDATE setting SET name = 'WECOM_ARCHIVE_SECRET' WHERE name = 'WECOM_AGENT_SECRET'");
  const settings = await liveWith(live);
  expect(settings.wecomApp('archive').secret).toBeUndefined();
  expect(settings.wecomApp('contacts').secret).toBe('canary-two');
  await settings.refresh();
  expect(logged).toEqual([expect.stringContaining('WECOM_ARCHIVE_SECRET')]);
  expect(logged.join()).not.toContain('canary');
});

test('while the database is away the last known values stay, and it is said once', async () => {
  await store().put({ name: 'WECOM_AGENT_SECRET', value: 'known', by });
  const settings = await liveWith(live);
  const away = jest.spyOn(db, 'query').mockRejectedValue(new Error('connect ECONNREFUSED'));
  await settings.refresh();
  await settings.refresh();
  expect(settings.wecomApp('agent').secret).toBe('known');
  expect(logged).toEqual([expect.stringContaining('ECONNREFUSED')]);
  away.mockRestore();
  await store().put({ name: 'WECOM_AGENT_SECRET', value: 'newer', by });
  await settings.refresh();
  expect(settings.wecomApp('agent').secret).toBe('newer');
});

test('S16 an audit row that cannot be written undoes the change', async () => {
  const config = loadConfig(live);
  const resetToken = jest.fn();
  const editor = createSettingsEditor({
    config,
    db,
    vault,
    audit: { record: () => Promise.reject(new Error('the audit trail is full')) },
    live: { refresh: async () => undefined, isConnected: () => true },
    catalogue: { shapes: environment.shape, about: aboutSetting },
    resetToken,
  });
  const editing = editor.set('WECOM_AGENT_SECRET', 'new', { actor: by, address: '127.0.0.1' });
  await expect(editing).rejects.toThrow('the audit trail is full');
  expect(await store().read()).toEqual([]);
  expect(resetToken).not.toHaveBeenCalled();
});
