import { days, hours, minutes } from '../../../src/core/clock';
import { insertRows } from '../../../src/db/bulk';
import { useArchive } from '../../support/archive-system';
import type { Json } from '../../support/system';
import { writer } from '../relations/external-contacts/rows';
import {
  ago,
  chatter,
  consent,
  found,
  type Line,
  seat,
  swept,
  talk,
  unseenBy,
  type Watched,
  watched,
} from './watching';

const archive = useArchive({ staff: 1, externalContacts: 1, groupChats: 0, leavers: 0 });

const leadsAbout = ({ userid }: Watched, detector: string): Promise<Json[]> =>
  found(archive.at, detector, `&userid=${userid}`);

/** A steady chat, and something that leads away. */
function darkening({ turns = 12, last = '加我个人微信，这个号不用了', silent = days(9) } = {}): Line[] {
  const end = ago(silent);
  return [...chatter(turns, new Date(end.getTime() - minutes(1))), { by: 'staff', text: last, at: end }];
}

/** And nothing since. @returns when it ended */
async function goesDark(pair: Watched, how: Parameters<typeof darkening>[0] = {}): Promise<Date> {
  const lines = darkening(how);
  await talk(archive, [pair, lines]);
  return lines.at(-1)?.at ?? new Date(0);
}

const quiet = async (pair: Watched): Promise<void> => {
  await swept(archive.at);
  expect(await leadsAbout(pair, 'CHAT_DARK')).toEqual([]);
};

test('DET CHAT_DARK a steady chat, words that lead away, and silence: a lead, once, with what can be judged', async () => {
  const pair = await watched(archive.at);
  const end = await goesDark(pair);
  await swept(archive.at);
  await swept(archive.at);
  const [lead, ...more] = await leadsAbout(pair, 'CHAT_DARK');
  expect(more).toEqual([]);
  expect(lead).toMatchObject({
    ...{ evidence_level: 'CIRCUMSTANTIAL', severity: 'lead', external_userid: pair.external_userid },
    occurred_at: end.toISOString(),
    features: {
      ...{ msgs_prev_14d: 13, last_msg_at: end.toISOString(), consent: 'agreed', seat: true },
      preceding_flags: ['private_contact', 'FEIDAN'],
    },
  });
  expect(lead?.evidence[0]).toMatchObject({ source: 'message' });
});

test('DET CHAT_DARK a finding about the two is a flag as well as words are', async () => {
  const { at } = archive;
  const pair = await watched(at);
  const end = await goesDark(pair, { last: '好' });
  await at.db.transact(() =>
    at.system.services.findings.raise({ code: 'PRIVATE_PAYMENT', version: 1 }, [
      {
        ...{ key: pair.userid, evidenceLevel: 'CIRCUMSTANTIAL', severity: 'medium', userid: pair.userid },
        ...{ externalUserid: pair.external_userid, occurredAt: new Date(end.getTime() - hours(1)), evidence: [] },
      },
    ]),
  );
  await swept(at);
  const [lead] = await leadsAbout(pair, 'CHAT_DARK');
  expect(lead?.features.preceding_flags).toEqual(['PRIVATE_PAYMENT']);
  expect(lead?.evidence.map(({ source }: Json) => source)).toEqual(['message', 'finding']);
});

test('DET CHAT_DARK few words, no flag, silence of days only, or a goodbye are none', async () => {
  const pairs = [
    await watched(archive.at),
    await watched(archive.at),
    await watched(archive.at),
    await watched(archive.at),
  ];
  const [few, unflagged, fresh, over] = pairs as [Watched, Watched, Watched, Watched];
  const bye: Line = { by: 'external', text: '谢谢，已经买了', at: ago(days(8)) };
  await talk(
    archive,
    [few, darkening({ turns: 5 })],
    [unflagged, darkening({ last: '资料发您了' })],
    [fresh, darkening({ silent: days(5) })],
    [over, [...darkening(), bye]],
  );
  await swept(archive.at);
  for (const pair of pairs) expect(await leadsAbout(pair, 'CHAT_DARK')).toEqual([]);
});

test('DET CHAT_DARK who was deleted, or moved, is silent for that reason', async () => {
  const pair = await watched(archive.at);
  await goesDark(pair);
  await archive.at.db.execute("UPDATE relation SET state = 'deleted_by_external' WHERE external_userid = ?", [
    pair.external_userid,
  ]);
  await quiet(pair);
});

test('VIO-2.2-14 VIO-5-9 DET CHAT_DARK consent that is withdrawn explains the silence: counted, and found as evasion', async () => {
  const { at } = archive;
  const pair = await watched(at);
  const end = await goesDark(pair);
  await consent(at.db, pair, { status: 'disagreed', at: new Date(end.getTime() + days(2)) });
  await quiet(pair);
  expect(await unseenBy(at, 'CHAT_DARK')).toMatchObject({ no_consent: 1 });
  expect(await leadsAbout(pair, 'ARCHIVE_EVASION')).toMatchObject([{ features: { how: 'consent_withdrawn' } }]);
});

test('VIO-2.2-14 DET CHAT_DARK no seat, and consent nobody knows of, are counted by the reason', async () => {
  const { at } = archive;
  const [unseated, unknown] = [await watched(at), await watched(at)];
  await talk(archive, [unseated, darkening()], [unknown, darkening()]);
  await seat(at.db, unseated.userid, false, ago(days(8)));
  await consent(at.db, unknown, { status: 'unknown', at: ago(days(20)) });
  await quiet(unseated);
  await quiet(unknown);
  expect(await unseenBy(at, 'CHAT_DARK')).toMatchObject({ no_seat: 1, consent_unknown: 1 });
});

test('VIO-2.2-8 DET CHAT_DARK an archive that is behind, or has a gap since, says nothing of anybody', async () => {
  const { at } = archive;
  const pair = await watched(at);
  await goesDark(pair);
  await at.db.execute("UPDATE archive_cursor SET answered_at = ? WHERE name = 'pull'", [ago(days(1))]);
  await quiet(pair);
  expect(Object.keys(await unseenBy(at, 'CHAT_DARK'))).toContain('archive_behind');
  await at.db.execute("UPDATE archive_cursor SET answered_at = ? WHERE name = 'pull'", [new Date()]);
  await swept(at);
  expect(await leadsAbout(pair, 'CHAT_DARK')).toHaveLength(1);
});

/** Somebody outside writes day after day, until now. */
const asks = (count: number, until = ago(hours(1))) =>
  Array.from({ length: count }, (_, i) => ({
    ...{ by: 'external' as const, text: `在吗${i}`, at: new Date(until.getTime() - days(count - 1 - i)) },
  }));

test('DET ONE_SIDED many words from outside over days, and no answer: a lead once', async () => {
  const pair = await watched(archive.at);
  await talk(archive, [pair, [{ by: 'staff', text: '您好', at: ago(days(7)) }, ...asks(5)]]);
  await swept(archive.at);
  await talk(archive, [pair, [{ by: 'external', text: '还在吗', at: ago(minutes(5)) }]]);
  await swept(archive.at);
  const [lead, ...more] = await leadsAbout(pair, 'ONE_SIDED');
  expect(more).toEqual([]);
  expect(lead).toMatchObject({ severity: 'lead', evidence_level: 'CIRCUMSTANTIAL', features: { inbound: 5 } });
});

test('DET ONE_SIDED who was answered, or called, or asked only yesterday is none', async () => {
  const [answered, called, impatient] = [
    await watched(archive.at),
    await watched(archive.at),
    await watched(archive.at),
  ];
  const call = { msgtype: 'voiptext', info: { callduration: 60, invitetype: 2 } };
  const hasty = Array.from({ length: 9 }, (_, i) => ({
    ...{ by: 'external' as const, text: `${i}`, at: ago(minutes(90 - i)) },
  }));
  await talk(
    archive,
    [answered, [...asks(5), { by: 'staff', text: '在的', at: ago(minutes(5)) }]],
    [called, [...asks(4, ago(days(1))), { by: 'external', text: '', at: ago(hours(9)), ...call }, ...asks(1)]],
    [impatient, hasty],
  );
  await swept(archive.at);
  for (const pair of [answered, called, impatient]) expect(await leadsAbout(pair, 'ONE_SIDED')).toEqual([]);
});

/** Somebody writes in a group, over so many days. */
const inGroup = (roomid: string, from: string, at: Date) =>
  archive.say('群里说', { from, tolist: ['somebody'], roomid, msgtime: at.getTime() });

test('VIO-2.2-14 DET ONE_SIDED an answer of a colleague in a group is one; a gap of consent is counted', async () => {
  const { at } = archive;
  const [elsewhere, refused] = [await watched(at), await watched(at)];
  await archive.said(
    inGroup('wrDEMOshared', elsewhere.external_userid, ago(days(3))),
    inGroup('wrDEMOshared', 'colleague', ago(days(2))),
  );
  await talk(archive, [elsewhere, asks(5)], [refused, asks(5)]);
  await consent(at.db, refused, { status: 'disagreed', at: ago(days(2)) });
  await swept(at);
  for (const pair of [elsewhere, refused]) expect(await leadsAbout(pair, 'ONE_SIDED')).toEqual([]);
  expect(await unseenBy(at, 'ONE_SIDED')).toEqual({ no_consent: 1 });
});

test('DET ONE_SIDED a group in which only robots answer is a lead; one where staff speak is none', async () => {
  const { at } = archive;
  const robot = `wb${'r'.repeat(30)}`;
  const pair = await watched(at);
  const chats = ['wrDEMOrobots', 'wrDEMOstaff'];
  for (const [n, chat_id] of chats.entries()) {
    await at.db.transact(() => writer(at.db).groupChat(n + 50, chat_id, 'active'));
    await at.db.execute('UPDATE group_chat SET owner = ? WHERE chat_id = ?', [pair.userid, chat_id]);
    await consent(at.db, pair, { status: 'agreed', at: ago(days(90)), chat_id });
  }
  await archive.said(
    ...chats.flatMap((chat) => asks(5).map((line) => inGroup(chat, pair.external_userid, line.at))),
    ...chats.map((chat) => inGroup(chat, robot, ago(minutes(50)))),
    inGroup('wrDEMOstaff', 'colleague', ago(minutes(40))),
    inGroup('wrDEMOstaff', robot, ago(1000)),
  );
  await swept(at);
  const leads = await leadsAbout(pair, 'ONE_SIDED');
  expect(leads.map(({ chat_id, features }) => [chat_id, features.only_robots])).toEqual([['wrDEMOrobots', true]]);
});

test('VIO-2.2-8 DET CHAT_DARK messages that wait for a key keep everybody from being judged', async () => {
  const { at } = archive;
  const pair = await watched(at);
  await goesDark(pair);
  const columns = ['id', 'reason', 'code', 'publickey_ver', 'attempts', 'parked_at', 'tried_at'];
  const row = [1_000_000, 'key_missing', null, 9, 1, new Date(), new Date()];
  await insertRows(at.db, { table: 'archive_parked', columns }, [row]);
  await quiet(pair);
  expect(Object.keys(await unseenBy(at, 'CHAT_DARK'))).toContain('archive_unopened');
});
