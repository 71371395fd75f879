import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { StartupError } from '../../src/core/errors';
import { createDataKey, parseMasterKey, Vault } from '../../src/core/vault';

const masterKey = randomBytes(32);
const vaultOf = (corpId = 'ww1', key = masterKey) => new Vault(key, corpId, [createDataKey(key, corpId, 1)]);
const place = { table: 'wecom_token', column: 'token', id: 'agent' };

test('S13 what was sealed opens at its own place', () => {
  const vault = vaultOf();
  fc.assert(fc.property(fc.string(), (text) => expect(vault.open(vault.seal(text, place), place)).toBe(text)));
});

test.each([
  ['another table', { ...place, table: 'inbox_event' }],
  ['another column', { ...place, column: 'x' }],
  ['another row', { ...place, id: 'contacts' }],
])('S13 a value moved to %s does not open', (_, elsewhere) => {
  const vault = vaultOf();
  const sealed = vault.seal('secret', place);
  expect(() => vault.open(sealed, elsewhere)).toThrow();
});

test('S13 every edit of a sealed value is refused', () => {
  const vault = vaultOf();
  const sealed = vault.seal('secret', place);
  const bytes = Buffer.from(sealed.slice(3), 'base64');
  for (let at = 0; at < bytes.length; at++) {
    const edited = Buffer.from(bytes);
    edited.writeUInt8(edited.readUInt8(at) ^ 1, at);
    expect(() => vault.open(`v1.${edited.toString('base64')}`, place)).toThrow();
  }
  expect(() => vault.open('v9.AAAA', place)).toThrow();
});

test('S13 an older data key goes on opening what it sealed', () => {
  const [first, second] = [createDataKey(masterKey, 'ww1', 1), createDataKey(masterKey, 'ww1', 2)];
  const sealed = new Vault(masterKey, 'ww1', [first]).seal('old', place);
  const rotated = new Vault(masterKey, 'ww1', [first, second]);
  expect(rotated.open(sealed, place)).toBe('old');
  expect(rotated.seal('new', place)).toMatch(/^v2\./);
});

test('S14 short, sample and wrong master keys are refused with instructions', () => {
  expect(() => parseMasterKey(Buffer.alloc(16, 7).toString('base64'))).toThrow(StartupError);
  expect(() => parseMasterKey(Buffer.alloc(32).toString('base64'))).toThrow(/sample/);
  expect(() => new Vault(randomBytes(32), 'ww1', [createDataKey(masterKey, 'ww1', 1)])).toThrow(/original key/);
});
