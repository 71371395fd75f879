import { faultText } from '../../src/core/errors';
import { maskPersonal, maskPhone } from '../../src/core/mask';
import { looksLikePhone, normalPhone } from '../../src/core/phone';

test.each([
  ['138 0013 8000', '13800138000'],
  ['+86 138-0013-8000', '13800138000'],
  ['0086 13800138000', '13800138000'],
  ['86 13800138000', '13800138000'],
  ['１３８００１３８０００', '13800138000'],
  ['(010) 6552 9988', '01065529988'],
  ['+852 2123 4567', '0085221234567'],
  ['13800', '13800'],
])('S15 however %s is written, it is one number', (written, normal) => {
  expect(normalPhone(written)).toBe(normal);
});

test('S15 a name is no number, and a short one is looked for as text', () => {
  expect(['王芳', '', '1234', 'a13800138000', '1'.repeat(30)].map(normalPhone)).toEqual(Array(5).fill(undefined));
  expect([looksLikePhone('13800'), looksLikePhone('2024'), looksLikePhone('13800138000')]).toEqual([
    false,
    false,
    true,
  ]);
});

test('S15 what is personal inside a text is hidden, and nothing else', () => {
  const text =
    'call 13812345678 or +86 139-1234-5678, id 11010519491231002X, card 4111111111111111, wang.fang@example.com';
  expect(maskPersonal(text)).toBe(
    'call 138****5678 or +86 139****5678, id 110*************2X, card ************1111, w***@example.com',
  );
  const plain = 'run 1700000000123, seq 00000000001380013800, unix 1700000000, @koa/router 15.7.0, 4111111111111112';
  expect(maskPersonal(plain)).toBe(plain);
  expect(maskPhone('13812345678')).toBe('138****5678');
});

test('S15 a fault that is stored quotes neither a number nor a token', () => {
  const fault = faultText(new Error('GET /x?access_token=abc&mobile=13812345678 refused 13812345678'));
  expect(fault).toBe('GET /x?access_token=***&mobile=*** refused 138****5678');
});
