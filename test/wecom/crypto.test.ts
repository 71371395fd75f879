import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { createCallbackCrypto, jsSdkSignature, verifySignature } from '../../src/wecom/crypto';
import { CallbackRefused } from '../../src/wecom/errors';

/** 43 characters; the last carries stray bits, as some of WeCom's do. */
const strayKey = `${Buffer.from('0123456789abcdef0123456789abcdef').toString('base64').slice(0, 42)}n`;
const token = 'QDG6eK';
const receiveId = 'wwtest0000000001';
const crypto = createCallbackCrypto({ token, aesKey: strayKey, receiveId });

interface Recipe {
  message: string;
  receiver?: string;
  length?: number;
  padding?: (count: number) => Buffer;
}

/** WeCom's scheme written down a second time, from its documentation, with every part open to mischief. */
function sealedBy({ message, receiver = receiveId, length, padding }: Recipe): string {
  const key = Buffer.from(`${strayKey}=`, 'base64');
  const body = Buffer.from(message, 'utf8');
  const size = Buffer.from([0, 0, 0, 0]);
  size.writeInt32BE(length ?? body.length);
  const open = Buffer.concat([randomBytes(16), size, body, Buffer.from(receiver)]);
  const count = 32 - (open.length % 32);
  const filled = Buffer.concat([open, padding?.(count) ?? Buffer.alloc(count, count)]);
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16));
  cipher.setAutoPadding(false);
  return Buffer.concat([cipher.update(filled), cipher.final()]).toString('base64');
}

const refusal = (work: () => unknown): unknown => {
  try {
    work();
  } catch (error) {
    return error;
  }
  return undefined;
};

describe('callback crypto (S1)', () => {
  test.each(['', 'a', '<xml>客户 😀</xml>', 'x'.repeat(11), 'x'.repeat(12), 'x'.repeat(5000)])(
    'S1 reads what an independent implementation wrote: %#',
    (message) => expect(crypto.decrypt(sealedBy({ message }))).toBe(message),
  );

  test('S1 what it writes, it reads', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => crypto.decrypt(crypto.encrypt(text)) === text));
  });

  test('S1 the signature is sha1 over the sorted strings', () => {
    const parts = {
      timestamp: '1409659813',
      nonce: '1372623149',
      encrypt: 'RypEvHKD8QQKFhvQ6QleEB4J58tiPdvo+rtK1I9qca6aM',
    };
    const signature = createHash('sha1')
      .update(['1372623149', '1409659813', 'QDG6eK', parts.encrypt].join(''))
      .digest('hex');
    expect(crypto.sign(parts)).toBe(signature);
    expect(() => crypto.verify({ ...parts, signature })).not.toThrow();
    for (const wrong of ['', signature.slice(1), signature.toUpperCase(), `${signature}0`, '签'.repeat(40)]) {
      expect(refusal(() => crypto.verify({ ...parts, signature: wrong }))).toBeInstanceOf(CallbackRefused);
    }
    expect(refusal(() => crypto.verify({ ...parts, nonce: '1', signature }))).toBeInstanceOf(CallbackRefused);
    expect(verifySignature('abc', 'abd')).toBe(false);
  });

  test.each<[string, Recipe]>([
    ['another company', { message: 'm', receiver: 'wwother000000001' }],
    ['a longer receiver', { message: 'm', receiver: `${receiveId}1` }],
    ['no receiver', { message: 'm', receiver: '' }],
    ['a length beyond the end', { message: 'm', length: 10_000 }],
    ['a negative length', { message: 'm', length: -1 }],
    ['a length that eats the receiver', { message: 'm', length: 3 }],
    ['padding 0', { message: 'm', padding: (n) => Buffer.alloc(n, 0) }],
    ['padding 33', { message: 'm', padding: (n) => Buffer.alloc(n, 33) }],
    ['uneven padding', { message: 'm', padding: (n) => Buffer.concat([Buffer.alloc(n - 1, 7), Buffer.from([n])]) }],
  ])('S1 refuses %s', (_, recipe) => {
    expect(refusal(() => crypto.decrypt(sealedBy(recipe)))).toEqual(expect.any(CallbackRefused));
  });

  test('S1 one generic answer, whatever was wrong', () => {
    const good = sealedBy({ message: 'm' });
    const faults = [good.slice(4), good.slice(0, -1), `${good}====`, '', 'not base64!', good.replace(/.$/, '?')];
    const errors = faults.map((fault) => refusal(() => crypto.decrypt(fault)));
    expect(errors.map(String)).toEqual(faults.map(() => 'CallbackRefused: callback refused'));
  });

  test('S1 12,000 fuzzed bodies: refused, or read unharmed, never another error', () => {
    const good = sealedBy({ message: '<xml><Event>change_external_contact</Event></xml>' });
    const flipped = fc
      .tuple(fc.nat(good.length - 1), fc.base64String({ minLength: 1 }))
      .map(([at, patch]) => good.slice(0, at) + patch + good.slice(at + patch.length));
    const bytes = fc.uint8Array({ maxLength: 256 }).map((b) => Buffer.from(b).toString('base64'));
    const blocks = fc
      .uint8Array({ minLength: 32, maxLength: 320 })
      .map((b) => Buffer.from(b.subarray(0, b.length - (b.length % 32))).toString('base64'));
    const cut = fc.nat(good.length).map((at) => good.slice(0, at));
    const body = fc.oneof(flipped, bytes, blocks, cut, fc.string());
    const seen = { refused: 0, read: 0 };
    fc.assert(
      fc.property(body, (encrypt) => {
        const error = refusal(() => crypto.decrypt(encrypt));
        seen[error === undefined ? 'read' : 'refused']++;
        return error === undefined || error instanceof CallbackRefused;
      }),
      { numRuns: 12_000 },
    );
    expect(seen.refused).toBeGreaterThan(10_000);
  });

  test('a key that is no EncodingAESKey is refused when the receiver is made', () => {
    for (const aesKey of ['', 'x'.repeat(42), 'x'.repeat(44), '!'.repeat(43)]) {
      expect(() => createCallbackCrypto({ token, aesKey, receiveId })).toThrow(TypeError);
    }
  });
});

test('the JS-SDK signature follows the documented order and leaves the fragment out', () => {
  const page = { ticket: 'tick', nonce: 'n', timestamp: 1414587457, url: 'https://a.example/x?y=1&z=%20#part' };
  const signed = 'jsapi_ticket=tick&noncestr=n&timestamp=1414587457&url=https://a.example/x?y=1&z=%20';
  expect(jsSdkSignature(page)).toBe(createHash('sha1').update(signed).digest('hex'));
});
