import { readResult } from '../../web/src/pages/sync/result';

const counts = { seen: 3, added: 1, changed: 0, vanished: 0, unknown: 0 };

test('a reconciliation says what it counted, part by part, and how many differences of each kind', () => {
  expect(readResult({ ...counts, by_phase: { directory: counts }, differences: { staff_changed: 2 } })).toEqual({
    total: counts,
    parts: [{ name: 'directory', counts }],
    differences: { staff_changed: 2 },
  });
});

test.each([[null], [undefined], ['done'], [[1]]])('%p is no result', (result) => {
  expect(readResult(result)).toBeUndefined();
});

test('what is no number is left out', () => {
  expect(readResult({ seen: '3', added: 1, by_phase: { directory: null } })).toEqual({
    total: { added: 1 },
    parts: [],
    differences: undefined,
  });
});
