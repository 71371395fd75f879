import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../../config';
import { StartupError } from '../../src/core/errors';

const faultsOf = (env: NodeJS.ProcessEnv): string => {
  try {
    loadConfig(env);
  } catch (error) {
    if (error instanceof StartupError) return error.message;
    throw error;
  }
  return '';
};

test('without settings it is the sandbox on SQLite', () => {
  const config = loadConfig({});
  expect(config.wecom).toMatchObject({ mode: 'sandbox', corpId: 'wwsandbox00000001' });
  expect(config.databaseUrl).toBe('sqlite:./data/scrm.db');
  expect(config.given.size).toBe(0);
});

test('a corp id makes it live, and what was given is known', () => {
  const config = loadConfig({ WECOM_CORP_ID: 'ww1', WECOM_AGENT_SECRET: 's', PORT: '8080' });
  expect(config.wecom).toMatchObject({ mode: 'live', corpId: 'ww1', apps: { agent: { secret: 's' } } });
  expect([...config.given].sort()).toEqual(['PORT', 'WECOM_AGENT_SECRET', 'WECOM_CORP_ID']);
});

test('every fault is reported at once: key, what was expected, an example', () => {
  const message = faultsOf({
    PORT: '99999',
    DATABASE_URL: 'postgres://x',
    ROLE: 'boss',
    WECOM_AGENT_CALLBACK_TOKEN: 'only-half',
    WECOM_CONTACTS_CALLBACK_AES_KEY: 'short',
    MASTER_KEY_FILE: '/does/not/exist',
  });
  for (const name of [
    'PORT',
    'DATABASE_URL',
    'ROLE',
    'WECOM_AGENT_CALLBACK_AES_KEY',
    'WECOM_CONTACTS_CALLBACK_AES_KEY',
    'MASTER_KEY_FILE',
  ]) {
    expect(message).toContain(`- ${name}`);
  }
  expect(message).toContain('example: mysql://user:pass@host:3306/db');
});

test('S13 no value of a secret appears in a fault', () => {
  const message = faultsOf({
    WECOM_AGENT_CALLBACK_AES_KEY: 'CANARY-not-43',
    DATABASE_URL: 'CANARY://x',
    METRICS_TOKEN: '',
  });
  expect(message).toContain('WECOM_AGENT_CALLBACK_AES_KEY');
  expect(message).not.toContain('CANARY');
});

test('S13 a bucket that cannot be understood is a fault without its secret', () => {
  const message = faultsOf({ S3_URL: 's3://KEY:CAN/ARY@s3.example.com/bucket' });
  expect(message).toMatch(/- S3_URL: expected s3:.*%2F.*example: s3:/);
  expect(message).not.toMatch(/CAN|ARY/);
  const { s3Url } = loadConfig({ S3_URL: 's3://KEY:SECRET@s3.example.com/bucket' });
  expect(s3Url).toBe('s3://KEY:SECRET@s3.example.com/bucket');
});

test('NAME_FILE is read and trimmed', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'scrm-')), 'secret');
  writeFileSync(file, ' from-file \n');
  expect(loadConfig({ WECOM_CORP_ID: 'ww1', WECOM_AGENT_SECRET_FILE: file }).wecom.apps.agent.secret).toBe('from-file');
});

test('S14 MySQL demands a master key', () => {
  expect(faultsOf({ DATABASE_URL: 'mysql://u:p@h:3306/db' })).toContain('MASTER_KEY is missing');
});
