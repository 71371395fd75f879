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

describe('single sign-on', () => {
  const whole = { OIDC_ISSUER: 'https://id.example.com', OIDC_CLIENT_ID: 'scrm', OIDC_CLIENT_SECRET: 'secret' };

  test('has all three settings or none', () => {
    expect(loadConfig({}).oidc).toBeUndefined();
    const known = { issuer: 'https://id.example.com', clientId: 'scrm', clientSecret: 'secret' };
    expect(loadConfig(whole).oidc).toEqual(known);
  });

  test.each(['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'] as const)('says that %s is missing', (name) => {
    const message = faultsOf({ ...whole, [name]: '' });
    expect(message.match(/OIDC_\w+ is missing/g)).toEqual([`${name} is missing`]);
    expect(message).not.toContain('=secret');
  });

  test.each([
    ['http://id.example.com', false],
    ['ftp://127.0.0.1', false],
    ['not an address', false],
    ['https://id.example.com/?tenant=1', false],
    ['https://user@id.example.com', false],
    ['http://127.0.0.1.example.com', false],
    ['http://127.0.0.1:8080', true],
    ['http://[::1]:8080/realms/company', true],
    ['https://id.example.com/realms/company', true],
  ])('S8 an issuer is trusted on its way: %s', (issuer, fits) => {
    expect(faultsOf({ ...whole, OIDC_ISSUER: issuer }) === '').toBe(fits);
  });
});
