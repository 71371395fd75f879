import { hours, minutes } from '../../../../src/core/clock';
import { type ArchiveAtTest, archiveAtTest } from '../../../support/archive';

let at: ArchiveAtTest;
beforeEach(async () => {
  at = await archiveAtTest({
    media: {
      counts: async () => ({ stored: 2, pending: 1, expired: 0, failed: 0 }),
      countsOf: async ({ from, to }) => ({ stored: to - from + 1, pending: 0, expired: 0, failed: 0 }),
    },
  });
});
afterEach(() => at.close());

const month = { from: '2026-11-01', to: '2026-11-30' };
async function aDay(): Promise<void> {
  at.wecom.say('one');
  at.wecom.say('two', { msgid: 'm1', at: new Date(5) });
  at.wecom.say('three', { version: 3 });
  await at.fetch();
  at.later(hours(2));
  at.wecom.state.code = 10001;
  await at.fetch().catch(() => undefined);
  at.wecom.state.code = 0;
  at.later(minutes(30));
  await at.fetch();
}

test('A6 a day is told in figures that add up, and stands once it is over', async () => {
  await aDay();
  const figures = {
    day: '2026-11-02',
    ...{ received: 3, stored: 1, parked: 2, unopened: 0, duplicates: 0, conflicts: 1 },
    unreadable: { conflict: 1, key_missing: 1 },
    ...{ pulls: 4, failures: { 10001: 1 }, longest_silence_seconds: 9000, gaps: [], verified: null },
    media: { stored: 3, pending: 0, expired: 0, failed: 0 },
    parked_now: 2,
  };
  expect(await at.statements.days(month)).toEqual([{ ...figures, closed_at: null, seats: null }]);
  await at.statements.closeDays();
  expect(await at.rows('archive_statement')).toEqual([]);

  at.at('2026-11-03T16:10:00Z');
  await at.statements.closeDays();
  const days = await at.statements.days(month);
  expect(days.map(({ day, closed_at }) => [day, closed_at !== null])).toEqual([
    ['2026-11-02', true],
    ['2026-11-03', true],
    ['2026-11-04', false],
  ]);
  // The silence lasts until midnight: from 12:30 to 24:00 in Shanghai.
  expect(days[0]).toMatchObject({ ...figures, longest_silence_seconds: 11.5 * 3600 });
  expect(days[1]).toMatchObject({ received: 0, pulls: 0, longest_silence_seconds: 35.5 * 3600 });
  at.wecom.state.keys.add(3);
  await at.opener.openAll({ keys: [3] });
  expect((await at.statements.days(month))[0]).toMatchObject({ parked: 2, stored: 1, parked_now: 1 });
});

test('A6 a day is not closed while a part of it is not opened', async () => {
  at.wecom.say('one');
  await at.puller.pullAll();
  at.at('2026-11-03T16:10:00Z');
  await at.statements.closeDays();
  expect(await at.rows('archive_statement')).toEqual([]);
  await at.opener.openAll();
  await at.statements.closeDays();
  expect(await at.rows('archive_statement')).toHaveLength(2);
  await at.statements.closeDays();
  expect(await at.rows('archive_statement')).toHaveLength(2);
});

test('A1 A6 statements are linked into the chain, and the database refuses to change one', async () => {
  await aDay();
  at.at('2026-11-03T00:10:00Z');
  await at.statements.closeDays();
  await at.evidence.seal({ sign: true });
  expect(await at.evidence.verify()).toMatchObject({ ok: true });
  await expect(at.db.execute("UPDATE archive_statement SET body = '{}'")).rejects.toThrow('insert-only');
  await at.tamper('archive_statement', "UPDATE archive_statement SET day = '2026-11-01'");
  expect((await at.evidence.verify()).faults).toMatchObject([{ kind: 'changed', stream: 'archive_statement' }]);
});

test.each([
  [
    'a line of the poll ledger that was changed',
    'archive_pull',
    'UPDATE archive_pull SET code = 0 WHERE id = 3',
    'ROOT',
  ],
  ['one that was removed', 'archive_pull', 'DELETE FROM archive_pull WHERE id = 3', 'MISSING'],
  ['a gap that was removed', 'archive_gap', 'DELETE FROM archive_gap', 'MISSING'],
])('A2 A6 found: %s', async (_, table, sql, kind) => {
  await aDay();
  await at.db.transact(() =>
    at.puller.store.addGap({ afterSeq: '1', beforeSeq: '9', cause: 'outage' }, at.clock.now()),
  );
  at.at('2026-11-03T00:10:00Z');
  await at.statements.closeDays();
  expect(await at.statements.faults()).toMatchObject({ faults: [], checked: 1, last: 1 });
  await at.tamper(table, sql);
  expect((await at.statements.faults()).faults).toMatchObject([{ table, kind }]);
  expect((await at.statements.faults(1)).faults).toEqual([]);
});
