import { adviceOf } from '../../web/src/pages/risk/logs/advice';

test.each([
  ['failing', 45009, 'wait'],
  ['unavailable', null, 'configure'],
  ['unavailable', 48002, 'permission'],
  ['unavailable', 60020, 'address'],
  ['unavailable', 846001, 'buy'],
])('VIO-1.4 a log that is %s with code %s: %s', (state, errcode, advice) => {
  expect(adviceOf({ state, errcode })).toBe(advice);
});
