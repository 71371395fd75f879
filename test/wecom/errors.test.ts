import { adviceFor } from '../../src/wecom/advice';
import { classOf, type ErrorClass } from '../../src/wecom/error-codes';
import { WecomError, WecomMalformed, WecomNotConfigured } from '../../src/wecom/errors';

const error = (errcode: number) => new WecomError({ errcode, errmsg: 'words', api: 'x' });

test.each<[number, ErrorClass]>([
  [-1, 'retry'],
  [40014, 'token'],
  [42001, 'token'],
  [45009, 'wait'],
  [45033, 'wait'],
  [60020, 'configuration'],
  [48002, 'configuration'],
  [60111, 'permanent'],
  [84061, 'permanent'],
  [95016, 'permanent'],
  [41051, 'noop'],
])('errcode %d is of class %s', (errcode, expected) => {
  expect(classOf(errcode)).toBe(expected);
  expect(error(errcode).class).toBe(expected);
});

test('an unknown errcode is tried again, a permanent one is not', () => {
  expect(classOf(123_456)).toBeUndefined();
  expect(error(123_456)).toMatchObject({ class: 'retry', retryable: true, permanent: false });
  expect(error(40058)).toMatchObject({ retryable: false, permanent: true });
  expect(error(60020)).toMatchObject({ retryable: false, permanent: false });
  expect(new WecomNotConfigured('archive')).toMatchObject({ class: 'configuration', retryable: false });
  expect(new WecomMalformed('x', 'y')).toMatchObject({ class: 'retry', retryable: true });
});

test.each([40001, 40013, 40091, 48001, 48002, 60011, 60020, 84061, 301042])(
  '%d is explained in both languages',
  (code) => {
    const advice = adviceFor(code);
    expect(advice?.zh).toMatch(/[\u4e00-\u9fff]{4}/);
    expect(advice?.en).toMatch(/[a-z]{3}/);
  },
);

test('what a person cannot repair has no advice; every other configuration fault has some', () => {
  expect(adviceFor(-1)).toBeUndefined();
  expect(adviceFor(40058)).toBeUndefined();
  expect(adviceFor(701008)?.zh).toContain('管理员');
});
