import { aPerson, type Person } from '../../support/people';
import { type Json, useSystem } from '../../support/system';
import { type Desk, openDesk } from '../archive/desk';
import { outsider, type Said } from '../archive/said';

const system = useSystem({ staff: 1, externalContacts: 1, groupChats: 0, leavers: 0 });
let desk: Desk;
let officer: Person;

beforeAll(async () => {
  desk = await openDesk(system.at);
  officer = await desk.officer('Anna');
});

/** Of Monday, the second of March, by the clock of Shanghai. */
const at = (time: string, day = '02'): Date => new Date(`2026-03-${day}T${time}:00+08:00`);
const ask = (n: number, userid: string, when: Date, more: object = {}): Said => ({
  ...{ from: outsider(n), to: [userid], at: when, ...more },
});
const answer = (n: number, userid: string, when: Date, more: object = {}): Said => ({
  ...{ from: userid, to: [outsider(n)], at: when, ...more },
});
const sticker = { msgtype: 'emotion', emotion: { type: 1 } };

async function computed(): Promise<void> {
  await system.at.system.services.replyQuality.start();
  await system.at.settled();
}

const report = async (who: Person, query = 'from=2026-03-01&to=2026-03-31'): Promise<Json> =>
  (await desk.call(who, `reply-quality?${query}`)).body;
const itemOf = async (key: string, query?: string): Promise<Json> =>
  (await report(officer, query)).items.find((one: Json) => one.key === key) ?? {};

test('WCM-02 what was asked is counted on its day and answered by the first word of staff', async () => {
  await desk.say([
    ask(1, 'Chen', at('09:00')),
    ask(1, 'Chen', at('09:05')),
    answer(1, 'Chen', at('09:20')),
    // A sticker asks nothing, nor does what a robot writes or what colleagues write to each other.
    ask(1, 'Chen', at('09:21'), sticker),
    { from: 'wbDEMOrobot000000000000', to: ['Chen'], at: at('09:30') },
    { from: 'Sun', to: ['Chen'], at: at('09:30') },
    ask(2, 'Chen', at('17:50')),
    // Asked again the next morning, it is the question of the evening still.
    ask(2, 'Chen', at('08:50', '03')),
    answer(2, 'Chen', at('09:15', '03')),
    ask(3, 'Chen', at('10:00')),
  ]);
  await computed();
  expect(await itemOf('Chen')).toMatchObject({
    ...{ name: 'Chen', questions: 3, answered: 2, within_target: 2, out_of_hours: 0, unanswered_at_end: 2 },
    first_reply_seconds: { mean: 1350, p50: 1200, p90: 1500 },
    wall_seconds_mean: (20 * 60 + (15 * 60 + 25) * 60) / 2,
  });
  expect((await report(officer, 'from=2026-03-01&to=2026-03-31&by=day')).items).toMatchObject([
    { key: '2026-03-02', questions: 3, coverage: null },
  ]);
  expect(await itemOf('3', 'from=2026-03-01&to=2026-03-31&by=team')).toMatchObject({ name: 'd3', questions: 3 });
});

test('WCM-02 an answer that comes weeks later changes the day it was asked on; computed again, all stays the same', async () => {
  await desk.say([answer(3, 'Chen', at('10:00', '23'))]);
  await computed();
  expect(await itemOf('Chen')).toMatchObject({ questions: 3, answered: 3, within_target: 2, unanswered_at_end: 2 });
  const rows = () => system.at.db.query('SELECT day, userid, questions, working_seconds FROM reply_day ORDER BY day');
  const before = await rows();
  await system.at.db.execute('DELETE FROM reply_progress');
  await computed();
  expect(await rows()).toEqual(before);
});

test('WCM-02 what is asked at night is counted apart, and its time begins when the doors open', async () => {
  await desk.say([ask(4, 'Sun', at('22:00', '04')), answer(4, 'Sun', at('09:10', '05'))]);
  await computed();
  expect(await itemOf('Sun')).toMatchObject({
    ...{ questions: 1, out_of_hours: 1, within_target: 1, unanswered_at_end: 1 },
    first_reply_seconds: { mean: 600 },
  });
});

test('WCM-02 an answer that was taken back is none', async () => {
  const [, answered] = await desk.say([ask(5, 'Wu', at('09:00', '06')), answer(5, 'Wu', at('09:01', '06'))]);
  await desk.say([
    answer(5, 'Wu', at('09:02', '06'), {
      ...{ action: 'recall', msgtype: 'revoke', revoke: { pre_msgid: `m${answered}_external` } },
    }),
  ]);
  await computed();
  expect(await itemOf('Wu')).toMatchObject({ questions: 1, answered: 0 });
});

test('WCM-02 the report says how much of it the archive can see, and shows those it sees nothing of', async () => {
  const { db } = system.at;
  const now = new Date();
  for (const userid of ['Chen', 'Sun']) {
    await db.execute('INSERT INTO archive_seat (userid, held, recorded_at) VALUES (?, ?, ?)', [userid, true, now]);
  }
  for (const [userid, status] of [
    ['Chen', 'agreed'],
    ['Sun', 'disagreed'],
    ['Wu', 'agreed'],
  ]) {
    await db.execute(
      `INSERT INTO archive_consent_now (external_userid, userid, chat_id, status, source, checked_at)
       VALUES (?, ?, '', ?, 'poll', ?)`,
      [`wm${userid}`, userid ?? '', status ?? '', now],
    );
  }
  const nothing = { relations: 1, seen: 0, without_seat: 0, disagreed: 0, unknown: 0 };
  expect((await itemOf('Chen')).coverage).toEqual({ ...nothing, seen: 1 });
  expect((await itemOf('Sun')).coverage).toEqual({ ...nothing, disagreed: 1 });
  expect((await itemOf('Wu')).coverage).toEqual({ ...nothing, without_seat: 1 });
  expect(await itemOf('Qian')).toMatchObject({ questions: 0, coverage: { without_seat: 1 } });
  expect((await report(officer)).total.coverage).toEqual({
    ...{ relations: 7, seen: 1, without_seat: 5, disagreed: 1, unknown: 0 },
  });
});

const minutesAgo = (n: number): Date => new Date(Date.now() - n * 60_000);
const waiting = async (who: Person, query = ''): Promise<Json[]> =>
  (await desk.call(who, `reply-quality/unanswered?${query}`)).body.items;

test('WCM-02 who waits now is listed, longest first, page by page, and goes when somebody answers', async () => {
  await desk.say([
    ask(11, 'Chen', minutesAgo(50)),
    ask(12, 'Wu', minutesAgo(90)),
    ask(12, 'Wu', minutesAgo(5)),
    ask(13, 'Sun', minutesAgo(70)),
    ask(14, 'Sun', minutesAgo(60), sticker),
  ]);
  const first = await desk.call(officer, 'reply-quality/unanswered?limit=2');
  expect(first.body.items.map(({ userid }: Json) => userid)).toEqual(['Wu', 'Sun']);
  const rest = await waiting(officer, `limit=2&cursor=${first.body.next_cursor}`);
  expect(rest.map(({ external_userid }) => external_userid)).toEqual([outsider(11)]);
  const [wu] = first.body.items;
  const calendar = await system.at.system.services.calendar.current();
  const worked = calendar.workingMsBetween(new Date(wu.since), new Date()) / 60_000;
  expect(wu.working_minutes).toBeGreaterThanOrEqual(Math.floor(worked) - 1);
  expect(wu.working_minutes).toBeLessThanOrEqual(Math.ceil(worked));
  expect(wu.due_at).toBe(calendar.addWorkingMs(new Date(wu.since), 1_800_000).toISOString());
  await desk.say([answer(12, 'Wu', minutesAgo(1))]);
  expect((await waiting(officer)).map(({ userid }) => userid)).toEqual(['Sun', 'Chen']);
});

test('WCM-02 nobody waits for somebody they are parted from', async () => {
  await desk.say([{ from: 'wmChenDEMO0000000000000', to: ['Chen'], at: minutesAgo(30) }]);
  const { db } = system.at;
  const isListed = async () =>
    (await waiting(officer)).some(({ external_userid }) => external_userid === 'wmChenDEMO0000000000000');
  expect(await isListed()).toBe(true);
  await db.execute("UPDATE relation SET external_userid = ?, state = 'deleted_by_external' WHERE external_userid = ?", [
    'wmChenDEMO0000000000000',
    'wmChen',
  ]);
  expect(await isListed()).toBe(false);
});

test('S9 WCM-02 a manager sees the own line alone', async () => {
  const place = { access: system.at.system.services.access, db: system.at.db };
  const zhao = await aPerson(place, { roles: ['sales_manager'], userid: 'Zhao' });
  const { items, total } = await report(zhao);
  expect(items.map(({ key }: Json) => key)).toEqual(['Chen', 'Sun', 'Zhao']);
  expect(total.questions).toBe(4);
  await desk.say([ask(15, 'Wu', minutesAgo(200))]);
  expect((await waiting(officer)).map(({ userid }) => userid)).toContain('Wu');
  expect((await waiting(zhao)).map(({ userid }) => userid)).toEqual(['Sun', 'Chen']);
  const sales = await aPerson(place, { roles: ['sales'], userid: 'Wu' });
  expect((await desk.call(sales, 'reply-quality/unanswered')).status).toBe(403);
});

test.each([
  ['a range that ends before it begins', 'reply-quality?from=2026-03-02&to=2026-03-01', 400],
  ['more than 92 days', 'reply-quality?from=2026-01-01&to=2026-06-01', 400],
  ['a cursor of another list', 'reply-quality/unanswered?cursor=Wzdd', 400],
])('WCM-02 refused: %s', async (_, path, status) => {
  expect((await desk.call(officer, path)).status).toBe(status);
});
