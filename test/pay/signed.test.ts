import { createPublicKey, createSecretKey, type KeyObject } from 'node:crypto';
import { fromUnix, seconds } from '../../src/core/clock';
import { openResource } from '../../src/pay/crypto';
import { type PayRefusal, PayRefused, verifySigned } from '../../src/pay/signed';

// The vectors of the reference, made by hand: no real keys.
const key = createSecretKey(Buffer.from('DemoApiV3Key_0123456789abcdefXYZ'));
const sealed = {
  nonce: 'demoNonce012',
  associated_data: 'transaction',
  ciphertext: 'N4u4n73n1+zna/OjbqZMce7D8JxtB2KtP+ABpq2jJiQ70gM=',
};
const withoutData = { ...sealed, associated_data: '', ciphertext: 'N4u4n73n1+zna/OjbqZMce7D8NfHjiw6/Nu2tVGpfUVd2i0=' };
const plaintext = '{"a":1,"元":"分"}';

test.each([sealed, withoutData])('FIN-03 what is sealed under the APIv3 key opens', (resource) => {
  expect(openResource(key, resource)).toBe(plaintext);
});

test('FIN-03 any bit of ciphertext or tag that is changed is noticed', () => {
  const bytes = Buffer.from(sealed.ciphertext, 'base64');
  for (let bit = 0; bit < bytes.length * 8; bit += 1) {
    const changed = Buffer.from(bytes);
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    expect(() => openResource(key, { ...sealed, ciphertext: changed.toString('base64') })).toThrow();
  }
});

test('FIN-03 the associated data is part of what is sealed, and a short tag is none', () => {
  expect(() => openResource(key, { ...sealed, associated_data: '' })).toThrow();
  expect(() => openResource(key, { ...withoutData, associated_data: 'transaction' })).toThrow();
  expect(() => openResource(key, { ...sealed, ciphertext: sealed.ciphertext.slice(0, 16) })).toThrow();
  for (const length of [31, 33]) {
    expect(() => openResource(createSecretKey(Buffer.alloc(length, 'x')), sealed)).toThrow();
  }
});

const publicKey = createPublicKey(`-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA0HctKPI3NlSC5m6z6ule
WvDRHFqsYtS2HyyPqgKa9Go3K5AR90yxggwgK0lDrPC4wvNq9swh+x0qm3tJV+vg
wYs8v0IvlIplWJ4Tg9Bi1qm2lsduT3sWHU5qa/XyEIL3b02bbDlSUnduLroPlp/+
yfEStgG5IZI4ZmVGu+MFDEMcHNguarTAtwi9a1eYORS03az9ixTLNcZir/3oQSay
aYIGgb7Hq5/u71pz9OmEfwO+VeJRhQHn8uwgyVddNqR5p3sEw4nl6A6Qc9IUime/
ua/W2v3Z9t9HBpICsKkaU4hiCDe/WWJ1AVc2yxG6AvTrXX9Ba8ZJDTbuLPaJZr+J
YwIDAQAB
-----END PUBLIC KEY-----`);
const signature =
  't3/ETrFleHIsrjG4wCjf2NFpFX53bnwfz/IZNHZBq5sE7oWakGcgQkjUqeThMVowSl0mOQdO9AJjQQKEsylVxnlz95sw/Tu5f5YSBti9BureMZen8but6ymU6mXBznzwAneB+KRMvkzn0cxbyf8JWJoaX5sfzWY25cYahJEAg6/AZVZJ1jwSB8oyNUUPDlxHbE3W7jvIB4qoK4Mrs9zVnB9h6VpAjbw5ToLDXwVbFLkoZDFTRn8JZ3yG1DJC4Ijf/auG8eyk69BL0inlk05o/snaY1EU4mES+fjY8vLfa698vzSDBr5TwudKtaaYF0rlJAZm6xSL5KBCnI2I73B3Sg==';
const body = '{"id":"demo-0001","event_type":"TRANSACTION.SUCCESS"}';
const headers = {
  'wechatpay-serial': 'PUB_KEY_ID_01',
  'wechatpay-timestamp': '1735787045',
  'wechatpay-nonce': 'abcDEMOnonce',
  'wechatpay-signature': signature,
};
const signedAt = fromUnix(1735787045);

/** Why it is refused; undefined when it is believed. */
function verdict({ text = body, at = signedAt, changed = {} }: Given = {}): PayRefusal | undefined {
  const trusted = new Map<string, KeyObject>([['PUB_KEY_ID_01', publicKey]]);
  try {
    verifySigned({ headers: { ...headers, ...changed }, body: Buffer.from(text) }, trusted, at);
    return undefined;
  } catch (error) {
    if (error instanceof PayRefused) return error.reason;
    throw error;
  }
}
interface Given {
  text?: string;
  at?: Date;
  changed?: Record<string, string | string[] | undefined>;
}
const after = (s: number) => new Date(signedAt.getTime() + seconds(s));

test('S1 a signature counts for the very bytes, and for no others', () => {
  expect(verdict()).toBeUndefined();
  expect(verdict({ text: `${body} ` })).toBe('signature');
  expect(verdict({ text: JSON.stringify(JSON.parse(body), null, 1) })).toBe('signature');
  expect(verdict({ changed: { 'wechatpay-nonce': 'abcDEMOnoncf' } })).toBe('signature');
  expect(verdict({ changed: { 'wechatpay-timestamp': '1735787046' } })).toBe('signature');
});

test('S2 a message is believed for five minutes on either side of its time', () => {
  expect(verdict({ at: after(300) })).toBeUndefined();
  expect(verdict({ at: after(-300) })).toBeUndefined();
  expect(verdict({ at: after(301) })).toBe('timestamp');
  expect(verdict({ at: after(-301) })).toBe('timestamp');
});

test.each([
  ['an unknown key', { 'wechatpay-serial': 'PUB_KEY_ID_02' }, 'serial'],
  ['a probe', { 'wechatpay-signature': `WECHATPAY/SIGNTEST/${signature}` }, 'probe'],
  ['two values of a header', { 'wechatpay-serial': ['PUB_KEY_ID_01', 'PUB_KEY_ID_01'] }, 'headers'],
  ['a header that is missing', { 'wechatpay-nonce': undefined }, 'headers'],
  ['a time that is no number', { 'wechatpay-timestamp': '17357870e5' }, 'headers'],
  ['a nonce without end', { 'wechatpay-nonce': 'x'.repeat(65) }, 'headers'],
  ['no base64', { 'wechatpay-signature': '!'.repeat(344) }, 'signature'],
] as const)('S1 %s is refused', (_, changed, reason) => {
  expect(verdict({ changed: changed as Record<string, string> })).toBe(reason);
});
