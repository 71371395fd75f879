import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../../../../config';
import { systemClock } from '../../../../src/core/clock';
import { openDatabase, replaceMasterKey } from '../../../../src/db/open';
import { allEntities } from '../../../../src/entities';
import { createAuditRecorder } from '../../../../src/features/kernel/audit';
import { createEvidenceWriter } from '../../../../src/features/kernel/evidence';
import { createKeyStore } from '../../../../src/features/kernel/keys/keys.store';
import { changeMasterKey } from '../../../../src/features/kernel/keys/master-key';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'scrm-keys-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const place = { table: 't', column: 'c', id: '1' };
const keyFile = () => join(dir, 'master.key');

/** Opens the database for `work`, as one start of the program. */
async function start<T>(work: (at: Awaited<ReturnType<typeof openAt>>) => Promise<T>, env: object = {}): Promise<T> {
  const at = await openAt(env);
  try {
    return await work(at);
  } finally {
    await at.db.source.destroy();
  }
}

async function openAt(env: object) {
  const config = loadConfig({ DATA_DIR: dir, DATABASE_URL: `sqlite:${join(dir, 'scrm.db')}`, ...env });
  const opened = await openDatabase({ config, entities: allEntities, clock: systemClock, migrate: true });
  const { db } = opened;
  const audit = createAuditRecorder({ db, clock: systemClock, evidence: createEvidenceWriter(db) });
  const parts = { db, store: createKeyStore(opened), audit, boundTo: config.wecom.corpId };
  return { ...opened, config, change: (from: Buffer, to: Buffer) => changeMasterKey({ ...parts, from, to }) };
}

const present = () => Buffer.from(readFileSync(keyFile(), 'utf8').trim(), 'base64');

test('O7 another master key opens what was sealed before; the old one opens nothing', async () => {
  const old = await start(async ({ config, vault, change }) => {
    const before = present();
    const sealed = vault.seal('a secret', place);
    await replaceMasterKey(config, (to) => change(before, to));
    expect(present().equals(before)).toBe(false);
    return { before, sealed };
  });
  await start(async ({ db, vault }) => {
    expect(vault.open(old.sealed, place)).toBe('a secret');
    expect(await db.query('SELECT action, actor FROM audit_event')).toEqual([
      { action: 'master_key.changed', actor: 'host' },
    ]);
  });
  writeFileSync(keyFile(), old.before.toString('base64'));
  await expect(start(async () => undefined)).rejects.toThrow(/original key/);
});

test.each([
  ['before the keys were wrapped anew', false],
  ['after it', true],
])('O7 a change of the master key that died %s: the next start takes the key that fits', async (_, isWrapped) => {
  const sealed = await start(async ({ config, vault, change }) => {
    const from = present();
    const died = replaceMasterKey(config, async (to) => {
      if (isWrapped) await change(from, to);
      throw new Error('killed');
    });
    await expect(died).rejects.toThrow('killed');
    return vault.seal('a secret', place);
  });
  await start(async ({ vault }) => expect(vault.open(sealed, place)).toBe('a secret'));
  expect(existsSync(`${keyFile()}.next`)).toBe(false);
});

test('O7 S14 a master key of the settings is changed with them; keys wrapped with another are refused', async () => {
  const [first, second] = [randomBytes(32), randomBytes(32)];
  const env = (key: Buffer) => ({ MASTER_KEY: key.toString('base64') });
  await start(async ({ change }) => {
    await expect(change(second, first)).rejects.toThrow(/original key/);
    expect(await change(first, second)).toBe(2);
  }, env(first));
  await start(async () => undefined, env(second));
  await expect(start(async () => undefined, env(first))).rejects.toThrow(/original key/);
});
