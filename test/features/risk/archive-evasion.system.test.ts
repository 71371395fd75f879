import { days, hours, minutes } from '../../../src/core/clock';
import { createConsentStore } from '../../../src/features/archive/consent/consent.store';
import { useArchive } from '../../support/archive-system';
import type { Json } from '../../support/system';
import { writer } from '../relations/external-contacts/rows';
import { ago, consent, found, know, nextPair, seat, swept, unseenBy, type Watched, watched } from './watching';

const archive = useArchive({ staff: 1, externalContacts: 1, groupChats: 0, leavers: 0 });

const evasions = async ({ userid }: Pick<Watched, 'userid'>): Promise<Json[]> =>
  found(archive.at, 'ARCHIVE_EVASION', `&userid=${userid}`);

test('DET ARCHIVE_EVASION who agreed and withdraws between two polls is found once, with the line of the history', async () => {
  const { at } = archive;
  const pair = await watched(at);
  await consent(at.db, pair, { status: 'disagreed', at: ago(hours(1)) });
  await swept(at);
  await swept(at);
  const [finding, ...more] = await evasions(pair);
  expect(more).toEqual([]);
  expect(finding).toMatchObject({
    ...{ evidence_level: 'DERIVED', severity: 'high', external_userid: pair.external_userid },
    features: { how: 'consent_withdrawn', told_by: 'poll' },
    evidence: [{ source: 'consent', hash: expect.stringMatching(/^[\da-f]{64}$/) }],
  });
});

test('DET ARCHIVE_EVASION who never agreed withdraws nothing, nor does what was told late of an earlier time', async () => {
  const { at } = archive;
  const [never, late] = [nextPair(), await watched(at)];
  await know(at, never);
  await consent(at.db, never, { status: 'disagreed', at: ago(hours(1)) });
  await consent(at.db, late, { status: 'disagreed', at: ago(days(120)) });
  await swept(at);
  expect([...(await evasions(never)), ...(await evasions(late))]).toEqual([]);
});

test('DET ARCHIVE_EVASION who serves on and loses the seat is found; who left, or is not known, is not', async () => {
  const { at } = archive;
  const [serves, left, stranger] = [await watched(at), await watched(at), nextPair()];
  await seat(at.db, stranger.userid, true, ago(days(90)));
  await at.db.execute("UPDATE staff SET departed_at = ?, status = 'left' WHERE userid = ?", [
    ago(hours(1)),
    left.userid,
  ]);
  for (const { userid } of [serves, left, stranger]) await seat(at.db, userid, false, ago(minutes(30)));
  await swept(at);
  expect(await evasions(serves)).toMatchObject([{ severity: 'high', features: { how: 'seat_lost' } }]);
  expect([...(await evasions(left)), ...(await evasions(stranger))]).toEqual([]);
  expect(await unseenBy(at, 'ARCHIVE_EVASION')).toEqual({ staff_unknown: 1 });
});

/** A transfer as events tell of it. @param turn 0: the end first, 1: the new relation first */
async function move(from: Watched, to: Watched, turn: number): Promise<void> {
  const { db, system } = archive.at;
  const { presence } = system.services.externalContacts;
  const told = ago(minutes(5));
  const acts = [
    [from.staffId, 'transferred_out', new Date(told.getTime())],
    [to.staffId, 'added', new Date(told.getTime() + 3000)],
  ] as const;
  for (const [staffId, kind, at] of turn === 0 ? acts : [...acts].reverse()) {
    await db.transact(async () => {
      const relation = await presence.ensure(staffId, from.external_userid, at);
      await presence.record(relation, [{ kind, occurred_at: at }], { source: 'event', ref: 'e1', at });
    });
  }
}

test.each([
  ['the end first', 0],
  ['the new relation first', 1],
])('DET ARCHIVE_EVASION VIO-2.2-3 a customer moved to a colleague without a seat: %s', async (_, turn) => {
  const { at } = archive;
  const [from, to] = [await watched(at), nextPair()];
  await know(at, to);
  await move(from, to, turn);
  expect(await evasions(to)).toMatchObject([
    {
      ...{ external_userid: from.external_userid, severity: 'high' },
      features: { how: 'moved_to_unseen', moved_from: from.userid },
      evidence: [{ source: 'relation_history' }, { source: 'relation_history' }],
    },
  ]);
});

test('DET ARCHIVE_EVASION VIO-2.2-1 a transfer between two who hold seats is none, nor one of somebody never archived', async () => {
  const { at } = archive;
  const [from, seated, unseated, other] = [await watched(at), await watched(at), nextPair(), nextPair()];
  for (const pair of [unseated, other]) await know(at, pair);
  await move(from, seated, 0);
  await move(unseated, other, 0);
  expect([...(await evasions(seated)), ...(await evasions(other))]).toEqual([]);
});

test('DET ARCHIVE_EVASION who goes over to another company is found once a day', async () => {
  const time = Date.parse('2026-03-03T04:00:00.000Z');
  const switches = (ms: number) =>
    archive.say('', { action: 'switch', msgtype: undefined, user: 'wanderer', time: ms });
  await archive.said(switches(time), switches(time + hours(1)), switches(time + hours(24)));
  const both = await evasions({ userid: 'wanderer' });
  expect(both.map(({ features }) => features.how)).toEqual(['switched', 'switched']);
  expect(await found(archive.at, 'ARCHIVE_EVASION', '&userid=lin')).toEqual([]);
});

let groups = 0;
/** A group of somebody's with one person outside in it. */
async function group(owner: string, external_userid: string): Promise<string> {
  const { db } = archive.at;
  const chatId = `wrDEMOdark${++groups}`;
  await db.transact(async () => {
    await writer(db).groupChat(groups, chatId, 'active');
    await writer(db).groupMember(chatId, external_userid);
    await db.execute('UPDATE group_chat SET owner = ? WHERE chat_id = ?', [owner, chatId]);
  });
  return chatId;
}

const dark = async (chatId: string) =>
  (await found(archive.at, 'GROUP_DARK'))
    .filter(({ chat_id }) => chat_id === chatId)
    .map(({ severity, features }) => [severity, features.how]);

test('DET GROUP_DARK an owner without a seat, and somebody outside who did not agree; each once', async () => {
  const { at } = archive;
  const [seated, unseated] = [await watched(at), nextPair()];
  await know(at, unseated);
  const [unheard, refused] = [
    await group(unseated.userid, seated.external_userid),
    await group(seated.userid, unseated.external_userid),
  ];
  await consent(at.db, seated, { status: 'agreed', at: ago(days(9)), chat_id: unheard });
  await consent(at.db, unseated, { status: 'disagreed', at: ago(days(9)), chat_id: refused });
  await swept(at);
  await swept(at);
  expect(await dark(unheard)).toEqual([['medium', 'owner_without_seat']]);
  expect(await dark(refused)).toEqual([['medium', 'consent_incomplete']]);
});

test('VIO-2.2-14 DET GROUP_DARK where WeCom counts as a no what was never answered, it weighs little', async () => {
  const { at } = archive;
  const [pair, other] = [await watched(at), nextPair()];
  await know(at, other);
  const chat = await group(pair.userid, other.external_userid);
  await at.db.transact(() =>
    createConsentStore(at.db).record(
      [{ userid: null, external_userid: other.external_userid, chat_id: chat, status: 'disagreed', changed_at: null }],
      'poll',
    ),
  );
  await swept(at);
  expect(await dark(chat)).toEqual([['low', 'consent_incomplete']]);
});

test('DET GROUP_DARK VIO-2.2-14 who agreed, who left, and who was never asked make no group dark', async () => {
  const { at } = archive;
  const [pair, other] = [await watched(at), await watched(at)];
  const chats = [await group(pair.userid, pair.external_userid), await group(pair.userid, other.external_userid)];
  const [agreed = '', unasked = ''] = chats;
  await consent(at.db, pair, { status: 'agreed', at: ago(days(9)), chat_id: agreed });
  await consent(at.db, other, { status: 'disagreed', at: ago(days(9)), chat_id: agreed });
  await swept(at);
  expect([await dark(agreed), await dark(unasked)]).toEqual([[], []]);
  expect(await unseenBy(at, 'GROUP_DARK')).toEqual({ consent_unknown: 1 });
});

test('DET ARCHIVE_EVASION VIO-2.2-7 all seats at once are one finding about the company, and none about anybody', async () => {
  const { at } = archive;
  await watched(at);
  const before = (await found(at, 'ARCHIVE_EVASION')).length;
  const held = await at.system.services.consent.presence.seats();
  const rows = await at.db.query<{ userid: string; held: unknown }>(
    'SELECT userid, held FROM archive_seat WHERE id IN (SELECT MAX(id) FROM archive_seat GROUP BY userid)',
  );
  const moment = new Date();
  for (const { userid } of rows.filter((row) => Boolean(row.held))) await seat(at.db, userid, false, moment);
  await swept(at);
  const [company, ...more] = (await found(at, 'ARCHIVE_EVASION')).slice(0, -before);
  expect(more).toEqual([]);
  expect(company).toMatchObject({
    ...{ userid: null, severity: 'medium', features: { how: 'all_seats_lost', seats_lost: held, seats_left: 0 } },
  });
});
