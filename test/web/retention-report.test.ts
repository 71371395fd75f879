import { isPurge, reportOf } from '../../web/src/pages/holds/report';

test('A7 a dry run and a purge are read from their results; anything else is no report', () => {
  const dry = {
    ...{ dry_run: true, as_of: '2025-11-20T00:00:00.000Z', messages: 12, conversations: 3, held: 4 },
    ...{ oldest: '2020-01-01T00:00:00.000Z', newest: null, ids_sha256: 'ab' },
    by_rule: [{ rule: 'r1', name: 'one year', years: 1, over: 16 }],
  };
  expect(reportOf({ result: dry })).toMatchObject({
    ...{ dry_run: true, messages: 12, conversations: 3, held: 4, newest: '', keys: undefined },
    byRule: [{ name: 'one year', years: 1, over: 16 }],
  });
  const purge = { dry_run: false, as_of: '2025-11-20T00:00:00.000Z', messages: 12, keys: 2, held: 0 };
  expect(reportOf({ result: purge })).toMatchObject({ dry_run: false, keys: 2, byRule: [], conversations: undefined });
  for (const result of [null, undefined, 'x', [], {}, { dry_run: 'no' }]) expect(reportOf({ result })).toBeUndefined();
});

test('A9 a purge is told from a dry run before it has a result', () => {
  expect(isPurge({ params: { dry_run: false } })).toBe(true);
  expect(isPurge({ params: { dry_run: true } })).toBe(false);
  expect(isPurge({ params: null })).toBe(false);
});
