import { days, hours, minutes } from '../../../src/core/clock';
import { createFindingStore } from '../../../src/features/risk/findings/findings.store';
import { useSystem } from '../../support/system';
import { pairsOf } from './pairs';

const system = useSystem({ staff: 34, externalContacts: 700, groupChats: 0, leavers: 0, seed: 44 });
const { take, tell, found, about } = pairsOf(system);
beforeAll(() => system.at.syncAll());

const start = Date.now() - days(20);
const after = (ms: number): Date => new Date(Math.floor(start / 1000) * 1000 + ms);

test('VIO-2.2-1 DET CUSTOMER_DELETED_BY_STAFF a source WeCom does not document weighs less, and its word is kept', async () => {
  const pair = take();
  await tell(pair, 'staff_deleted', after(0), { detail: { source: 'DELETE_BY_SOMETHING_NEW' } });
  const [finding, ...more] = await found(`external_userid=${pair.external_userid}&userid=${pair.userid}`);
  expect(more).toEqual([]);
  expect(finding).toMatchObject({
    detector: 'CUSTOMER_DELETED_BY_STAFF',
    severity: 'medium',
    evidence_level: 'OFFICIAL',
  });
  expect(finding?.features).toMatchObject({ source: 'DELETE_BY_SOMETHING_NEW' });
});

test('DET MASS_DELETE five in an hour are one burst: critical, found once, not again for the sixth and seventh', async () => {
  const { userid } = take();
  for (let n = 0; n < 7; n += 1) await tell(take(userid), 'staff_deleted', after(hours(2) + minutes(9) * n));
  const [burst, ...more] = await found(`userid=${userid}&detector=MASS_DELETE`);
  expect(more).toEqual([]);
  expect(burst).toMatchObject({ severity: 'critical', evidence_level: 'DERIVED', external_userid: null });
  expect(burst?.features).toMatchObject({ deletions: 5, window: 'hour' });
  expect(burst?.evidence).toHaveLength(5);
  const single = await found(`userid=${userid}&detector=CUSTOMER_DELETED_BY_STAFF`);
  expect(single.map(({ severity }) => severity).reverse()).toEqual([
    ...Array(4).fill('high'),
    ...Array(3).fill('critical'),
  ]);
});

test('VIO-2.2-5 DET MASS_DELETE told in any order it is the same burst; four in an hour, and five over a day, are none', async () => {
  const { userid } = take();
  const times = [40, 0, 20, 30, 10, 25].map((n) => after(days(1) + minutes(n)));
  for (const at of times) await tell(take(userid), 'staff_deleted', at);
  expect(await found(`userid=${userid}&detector=MASS_DELETE`)).toHaveLength(1);
  const slow = take();
  for (let n = 0; n < 4; n += 1) await tell(take(slow.userid), 'staff_deleted', after(hours(1) + minutes(10) * n));
  await tell(slow, 'staff_deleted', after(hours(3)));
  expect(await found(`userid=${slow.userid}&detector=MASS_DELETE`)).toEqual([]);
});

test('DET MASS_DELETE a day far above the member’s own month is one, once we know them long enough', async () => {
  const { userid } = take();
  const day = after(days(15) - (start % days(1)));
  for (let n = 0; n < 5; n += 1) await tell(take(userid), 'staff_deleted', new Date(day.getTime() + hours(2) * n));
  expect(await found(`userid=${userid}&detector=MASS_DELETE`)).toEqual([]);
  await system.at.db.execute('UPDATE staff SET created_at = ? WHERE userid = ?', [after(-days(1)), userid]);
  await tell(take(userid), 'staff_deleted', new Date(day.getTime() + hours(11)));
  const [unusual] = await found(`userid=${userid}&detector=MASS_DELETE`);
  expect(unusual?.features).toMatchObject({ deletions: 6, window: 'day', usual_per_day: 0 });
  await tell(take(userid), 'staff_deleted', new Date(day.getTime() + hours(13)));
  expect(await found(`userid=${userid}&detector=MASS_DELETE`)).toHaveLength(1);
});

test('DET MASS_DELETE deletions stored side by side, which did not see each other, are found by the sweep', async () => {
  const { userid } = take();
  const { db, system: running } = system.at;
  const store = createFindingStore({ db, evidence: running.services.evidence });
  for (let n = 0; n < 5; n += 1) {
    const occurredAt = after(days(2) + minutes(n));
    const draft = { key: `${userid}:${n}`, evidenceLevel: 'OFFICIAL', severity: 'high', userid } as const;
    const finder = { code: 'CUSTOMER_DELETED_BY_STAFF', version: 2 } as const;
    await db.transact(() => store.add(finder, { ...draft, occurredAt, evidence: [] }));
  }
  expect(await found(`userid=${userid}&detector=MASS_DELETE`)).toEqual([]);
  await system.at.system.services.detection.sweeping.wake();
  await system.at.settled();
  expect(await found(`userid=${userid}&detector=MASS_DELETE`)).toHaveLength(1);
});

test('WCM-06 whoever is added again within a day was a slip: the open finding is cleared by the system, with a note', async () => {
  const pair = take();
  await tell(pair, 'staff_deleted', after(0));
  await tell(pair, 'added', after(hours(20)));
  expect(await about(pair)).toEqual(['DELETE_READD low open', 'CUSTOMER_DELETED_BY_STAFF high cleared']);
  const [, cleared] = await found(`external_userid=${pair.external_userid}&userid=${pair.userid}`);
  const { steps } = (await system.at.api.get(`findings/${cleared?.id}`)).body;
  expect(steps).toMatchObject([{ state: 'cleared', by: { actor: 'system' }, reason: 'explained', comment: 'readded' }]);
  const acts = await system.at.db.query('SELECT actor, result FROM audit_event WHERE action = ? AND target = ?', [
    'finding.explained',
    `finding:${cleared?.id}`,
  ]);
  expect(acts).toEqual([{ actor: 'system', result: 'ok' }]);
  const { evidence } = system.at.system.services;
  await evidence.seal({ sign: true });
  expect(await evidence.verify()).toMatchObject({ ok: true });
});

test('WCM-06 what a person has taken up stays theirs; after more than a day it stands', async () => {
  const [taken, late] = [take(), take()];
  await tell(taken, 'staff_deleted', after(0));
  const [finding] = await found(`external_userid=${taken.external_userid}&userid=${taken.userid}`);
  await system.at.api.post(`findings/${finding?.id}/decisions`, { state: 'reviewing', version: 1 });
  await tell(taken, 'added', after(hours(2)));
  expect(await about(taken)).toContain('CUSTOMER_DELETED_BY_STAFF high reviewing');
  await tell(late, 'staff_deleted', after(0));
  await tell(late, 'added', after(hours(25)));
  expect(await about(late)).toContain('CUSTOMER_DELETED_BY_STAFF high open');
});

test('DET DELETE_READD VIO-2.2-5 within a week, whichever is told first; half an add is none, nor is one of the next month', async () => {
  const [back, half, long] = [take(), take(), take()];
  await tell(back, 'added', after(days(3)));
  await tell(back, 'staff_deleted', after(0));
  expect(await about(back)).toEqual(['DELETE_READD low open', 'CUSTOMER_DELETED_BY_STAFF high open']);
  const [readd] = await found(`external_userid=${back.external_userid}&detector=DELETE_READD`);
  expect(readd).toMatchObject({ evidence_level: 'DERIVED', occurred_at: after(days(3)).toISOString() });
  expect(readd?.features).toEqual({ times: 1, hours_between: 72 });
  await tell(half, 'staff_deleted', after(0));
  await tell(half, 'half_added', after(hours(5)));
  await tell(long, 'staff_deleted', after(0));
  await tell(long, 'added', after(days(8)));
  for (const pair of [half, long]) expect(await about(pair)).toEqual(['CUSTOMER_DELETED_BY_STAFF high open']);
});

test('DET DELETE_READD the third time in a month it looks like work for the figures', async () => {
  const { userid } = take();
  for (let n = 0; n < 3; n += 1) {
    const pair = take(userid);
    await tell(pair, 'staff_deleted', after(days(n)));
    await tell(pair, 'added', after(days(n) + hours(1)));
  }
  const rows = await found(`userid=${userid}&detector=DELETE_READD`);
  expect(rows.map(({ severity, features }) => [severity, features.times])).toEqual([
    ...[
      ['medium', 3],
      ['low', 2],
      ['low', 1],
    ],
  ]);
});

test('DET STAFF_DELETED_BY_CUSTOMER is grave within a day of a flagged message between the two, and only then', async () => {
  const [flagged, stale, other] = [take(), take(), take()];
  const { db, system: running } = system.at;
  const flag = (pair: typeof flagged, at: Date, severity: 'high' | 'lead' = 'high') =>
    db.transact(() =>
      running.services.findings.raise({ code: 'FEIDAN', version: 1 }, [
        {
          ...{ key: `${pair.external_userid}:${at.getTime()}`, evidenceLevel: 'OFFICIAL', severity },
          ...{ userid: pair.userid, externalUserid: pair.external_userid, occurredAt: at, evidence: [] },
        },
      ]),
    );
  await flag(flagged, after(0));
  await flag(stale, after(0));
  await flag(other, after(0), 'lead');
  await tell(other, 'external_deleted', after(hours(22)));
  await tell(flagged, 'external_deleted', after(hours(23)));
  await tell(stale, 'external_deleted', after(hours(25)));
  await tell({ ...other, userid: flagged.userid }, 'external_deleted', after(hours(23)));
  expect(await about(flagged)).toContain('STAFF_DELETED_BY_CUSTOMER high open');
  expect(await about(other)).toContain('STAFF_DELETED_BY_CUSTOMER low open');
  expect(await about(stale)).toContain('STAFF_DELETED_BY_CUSTOMER low open');
  expect(await about({ ...other, userid: flagged.userid })).toEqual(['STAFF_DELETED_BY_CUSTOMER low open']);
});

test('VIO-2.2-1 DET MASS_DELETE six who are moved to a colleague at once are no burst', async () => {
  const { userid } = take();
  for (let n = 0; n < 6; n += 1) await tell(take(userid), 'transferred_out', after(days(9) + minutes(n)));
  expect(await found(`userid=${userid}`)).toEqual([]);
});

test('VIO-2.2-5 DET STAFF_DELETED_BY_CUSTOMER told again it is one; staff who delete back, or are added again, are no second', async () => {
  const pair = take();
  for (let n = 0; n < 3; n += 1) await tell(pair, 'external_deleted', after(days(8)));
  await tell(pair, 'staff_deleted', after(days(8) + hours(1)));
  await tell(pair, 'added', after(days(8) + hours(2)));
  const rows = await found(`userid=${pair.userid}&external_userid=${pair.external_userid}`);
  expect(rows.filter(({ detector }) => detector === 'STAFF_DELETED_BY_CUSTOMER')).toHaveLength(1);
});

test('DET STAFF_DELETED_BY_CUSTOMER I5 a flag that becomes known after the customer went makes it grave, once', async () => {
  const { db, system: running } = system.at;
  const pair = take();
  await tell(pair, 'external_deleted', after(days(10)));
  const flag = (key: string, before: number) =>
    db.transact(() =>
      running.services.findings.raise({ code: 'PRIVATE_PAYMENT', version: 1 }, [
        {
          ...{ key: `${pair.external_userid}:${key}`, evidenceLevel: 'CIRCUMSTANTIAL', severity: 'high' },
          ...{ userid: pair.userid, externalUserid: pair.external_userid, evidence: [] },
          occurredAt: after(days(10) - before),
        },
      ]),
    );
  const severities = async () =>
    (await found(`userid=${pair.userid}&detector=STAFF_DELETED_BY_CUSTOMER`)).map(({ severity }) => severity);
  await flag('of another week', days(3));
  await flag('after it', -minutes(5));
  expect(await severities()).toEqual(['low']);
  await flag('an hour before', hours(1));
  await flag('two hours before', hours(2));
  expect(await severities()).toEqual(['high', 'low']);
});

test('VIO-2.2-5 DET CUSTOMER_DELETED_BY_STAFF told under another second it is one deed; after a new add it is another', async () => {
  const pair = take();
  for (const ms of [1000, 0, 60_000]) await tell(pair, 'staff_deleted', after(days(11) + ms));
  expect(await about(pair)).toEqual(['CUSTOMER_DELETED_BY_STAFF high open']);
  await tell(pair, 'added', after(days(13)));
  await tell(pair, 'staff_deleted', after(days(14)));
  // The add between was never told.
  await tell(pair, 'staff_deleted', after(days(15)));
  const codes = (await about(pair)).filter((line) => line.startsWith('CUSTOMER_DELETED'));
  expect(codes).toHaveLength(3);
});
