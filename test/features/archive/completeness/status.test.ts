import { hours, minutes } from '../../../../src/core/clock';
import { archiveChecks, archiveFigures } from '../../../../src/features/archive/completeness';
import { causeOf } from '../../../../src/features/archive/completeness/causes';
import { type ArchiveAtTest, archiveAtTest } from '../../../support/archive';

let at: ArchiveAtTest;
beforeEach(async () => {
  at = await archiveAtTest();
});
afterEach(() => at.close());

const status = () => at.status.status();
const failing = async (code: number) => {
  at.wecom.state.code = code;
  await at.fetch().catch(() => undefined);
};
const levels = async () =>
  Object.fromEntries(
    await Promise.all(
      archiveChecks(status, at.clock.now).map(async ({ name, check }) => [name, (await check()).level] as const),
    ),
  );

test('AR2 received is stored, parked and unopened; the figures are those of the contract', async () => {
  for (let i = 0; i < 5; i++) at.wecom.say(`message ${i}`);
  at.wecom.say('waits for its key', { version: 2 });
  await at.puller.pullAll();
  expect(await status()).toMatchObject({ received: 6, stored: 0, unopened: 6, caught_up: false });
  await at.opener.openAll();
  expect(await status()).toMatchObject({
    ...{ configured: true, cursor_seq: '6', received: 6, stored: 5, unopened: 0 },
    parked: { count: 1, unreadable: 1, by_reason: { key_missing: 1 } },
    media: { stored: 0, pending: 0, expired: 0, failed: 0 },
    ...{ gaps: 0, conflicts: 0, caught_up: true, lag_seconds: 0, missing_keys: [2], cause: 'key_missing' },
    newest_message_at: at.clock.now().toISOString(),
  });
  at.wecom.state.keys.add(2);
  await at.opener.openAll({ keys: [2] });
  expect(await status()).toMatchObject({ stored: 6, parked: { count: 0, by_reason: {} }, cause: null });
});

test('AR4 the lag grows while WeCom does not answer, and says so at 1 h, 12 h and 72 h', async () => {
  at.wecom.say('all is well');
  await at.fetch();
  expect(await levels()).toMatchObject({ archive: 'ok', archive_late: 'ok', archive_loss: 'ok' });
  at.later(minutes(59));
  expect(await levels()).toMatchObject({ archive: 'ok' });
  at.later(minutes(2));
  await failing(10009);
  expect(await status()).toMatchObject({ lag_seconds: 3660, cause: 'ip_refused', caught_up: false });
  expect(await levels()).toMatchObject({ archive: 'degraded', archive_late: 'ok' });
  at.later(hours(11));
  expect(await levels()).toMatchObject({ archive: 'degraded', archive_late: 'degraded', archive_loss: 'ok' });
  at.later(hours(60));
  expect(await levels()).toMatchObject({ archive_loss: 'degraded' });
  expect(archiveFigures(await status())).toMatchObject({ lag_seconds: 3660 + 71 * 3600, parked: {} });
  await failing(0);
  expect(await levels()).toMatchObject({ archive: 'ok', archive_loss: 'ok' });
});

test('AR4 while catching up the lag is that of the newest message; what is not opened counts as not here', async () => {
  const began = at.clock.now().getTime();
  at.wecom.state.pageSize = 2;
  for (let i = 0; i < 4; i++) at.wecom.say(`${i}`, { at: new Date(began - hours(10 - i)) });
  const lastOf = jest.spyOn(at.wecom.sdk, 'pull');
  lastOf.mockImplementationOnce(async () => ({ errcode: 0, errmsg: '', envelopes: at.wecom.held.slice(0, 2) }));
  lastOf.mockImplementationOnce(async () => {
    throw new Error('killed');
  });
  await expect(at.fetch()).rejects.toThrow('killed');
  await at.opener.openAll();
  expect(await status()).toMatchObject({ stored: 2, lag_seconds: 9 * 3600, cause: 'library' });
  await at.puller.pullAll();
  at.later(minutes(30));
  expect(await status()).toMatchObject({ unopened: 2, lag_seconds: 1800, caught_up: false });
  await at.opener.openAll();
  expect(await status()).toMatchObject({ unopened: 0, stored: 4, caught_up: true });
});

test('A6 gaps are listed with both ends of what is missing, newest first', async () => {
  at.wecom.say('first', { seq: 3 });
  await at.fetch();
  for (let seq = 4; seq < 20; seq++) at.wecom.say('gone or not', { seq });
  at.wecom.state.oldest = 15n;
  await at.fetch();
  expect(await at.status.gaps({ limit: 50 })).toMatchObject({
    items: [{ from_seq: '4', to_seq: '14', after_seq: '3', before_seq: '15', cause: 'expired' }],
    next_cursor: null,
  });
  expect(await levels()).toMatchObject({ archive_gaps: 'degraded', archive_parked: 'ok', archive_keys: 'ok' });
  at.later(hours(25));
  await at.fetch();
  expect(await levels()).toMatchObject({ archive_gaps: 'ok' });
  expect(await status()).toMatchObject({ gaps: 1, stored: 6 });
});

test('AR3 parked records and missing keys are alarms; what WeCom gave twice is none', async () => {
  at.wecom.say('one', { msgid: 'same' });
  at.wecom.say('no key', { version: 7 });
  await at.fetch();
  expect(await levels()).toMatchObject({ archive_parked: 'degraded', archive_keys: 'degraded' });
  at.wecom.state.keys.add(7);
  await at.opener.openAll({ keys: [7] });
  at.wecom.say('one', { msgid: 'same', at: new Date(0) });
  await at.fetch();
  expect(await levels()).toMatchObject({ archive_parked: 'ok', archive_conflicts: 'degraded' });
});

test.each([
  ['nobody talked', {}, 'quiet'],
  ['nobody has a seat', { seats: 0 }, 'no_seat'],
  ['nobody agreed', { consents: { asked: 3, agreed: 0 } }, 'no_consent'],
  ['address refused', { code: 10009 }, 'ip_refused'],
  ['wrong secret', { code: 40001 }, 'wrong_secret'],
  ['wrong arguments', { code: 10000 }, 'wrong_secret'],
  ['the service is over', { code: 301052 }, 'service_expired'],
  ['the network', { code: 10001 }, 'unreachable'],
  ['no code at all', { code: null }, 'library'],
  ['a code of its own', { code: 12345 }, 'refused'],
  ['a key is missing', { waitForKey: 2 }, 'key_missing'],
  ['nothing is set', { configured: false }, 'not_configured'],
  ['messages come in', { flows: true }, null],
])('WCM-02 why nothing comes: %s', (_, { code = 0, ...told }: Record<string, unknown>, cause) => {
  const last = {
    id: 1,
    askedAt: new Date(),
    returned: 0,
    ended: true,
    ms: 1,
    fault: null,
    code: code as number | null,
  };
  const usual = { configured: true, last, flows: false, waitForKey: 0, seats: null, consents: null };
  expect(causeOf({ ...usual, ...told })).toBe(cause);
});
