import { days, minutes } from '../../../src/core/clock';
import { createCalendarService } from '../../../src/features/kernel/calendar';
import { createScopes } from '../../../src/features/kernel/scope';
import { createEscalations, type Escalations } from '../../../src/features/risk/escalations';
import type { Role } from '../../../src/http/roles';
import { openNotifications } from '../kernel/notifications/notifications-at-test';

let at: Awaited<ReturnType<typeof openNotifications>>;
let calendar: ReturnType<typeof createCalendarService>;
let escalations: Escalations;
let people: Record<string, string>;
let next = 1;
/** Of this test. */
let first = 1;

beforeAll(async () => {
  at = await openNotifications();
  calendar = createCalendarService(at);
  escalations = createEscalations({ ...at, calendar, scopes: createScopes(at.db), waitMinutes: 60 });
});
afterAll(() => at.stop());

/** li ← sun ← wang ← zhou, with an officer and an administrator beside them. */
beforeEach(async () => {
  await at.reset();
  // Findings are for good; without a case nobody looks at them.
  await at.db.execute('DELETE FROM finding_case');
  first = next;
  const line: [string, Role[], string?][] = [
    ['zhou', ['sales_manager']],
    ['wang', ['sales_manager'], 'zhou'],
    ['sun', ['sales_manager'], 'wang'],
    ['li', ['sales', 'compliance_officer'], 'sun'],
    ['anna', ['compliance_officer']],
    ['root', ['system_admin']],
  ];
  people = {};
  for (const [userid, roles, above] of line) people[userid] = await at.person(userid, roles, above);
});

async function finding({ severity = 'high', userid = 'li' as string | null } = {}): Promise<number> {
  const id = next++;
  const now = at.clock.now();
  await at.db.execute(
    `INSERT INTO finding (id, dedupe_key, detector, version, evidence_level, severity, userid, occurred_at, detected_at,
       features, evidence) VALUES (?, ?, 'CUSTOMER_DELETED_BY_STAFF', 1, 'OFFICIAL', ?, ?, ?, ?, '{}', '[]')`,
    [id, `f${id}`, severity, userid, now, now],
  );
  await at.db.execute("INSERT INTO finding_case (finding_id, state, version, updated_at) VALUES (?, 'open', 1, ?)", [
    ...[id, now],
  ]);
  return id;
}

/** So much working time goes by, and the schedule looks. */
async function work(ms: number): Promise<void> {
  const until = (await calendar.current()).addWorkingMs(at.clock.now(), ms);
  await at.pass(until.getTime() - at.clock.now().getTime());
  await escalations.pass();
  await at.settled();
}

/** Who was told what, as often as they were. */
async function told(): Promise<Record<string, string[]>> {
  const all = await Promise.all(
    Object.entries(people).map(async ([name, id]) => [name, (await at.of(id)).map(({ kind }) => kind)] as const),
  );
  return Object.fromEntries(all.filter(([, kinds]) => kinds.length > 0));
}

const rowsOfThisTest = () =>
  at.db.query('SELECT finding_id, level, told, is_last FROM finding_escalation WHERE finding_id >= ? ORDER BY id', [
    first,
  ]);

const [up, top] = ['finding_escalated', 'finding_unattended'];

test('WCM-06 what nobody looks at goes up level by level, each once, then to compliance and administrators', async () => {
  const id = await finding();
  await work(minutes(60) - 1);
  expect(await told()).toEqual({});
  await work(1);
  expect(await told()).toEqual({ wang: [up] });
  await escalations.pass();
  await work(minutes(59));
  expect(await told()).toEqual({ wang: [up] });
  await work(minutes(1));
  expect(await told()).toEqual({ wang: [up], zhou: [up] });
  await work(minutes(60));
  // Never whom it is about, whatever their roles.
  expect(await told()).toEqual({ wang: [up], zhou: [up], anna: [top], root: [top] });
  await work(minutes(300));
  expect(Object.values(await told()).flat()).toHaveLength(4);
  const rows = await rowsOfThisTest();
  expect(
    rows.map((row) => [Number(row.finding_id), row.level, JSON.parse(String(row.told)), Boolean(row.is_last)]),
  ).toEqual([
    [id, 1, [people.wang], false],
    [id, 2, [people.zhou], false],
    [id, 3, expect.arrayContaining([people.anna, people.root]), true],
  ]);
  const [acts] = await at.db.query(
    "SELECT COUNT(*) AS n FROM audit_event WHERE action = 'finding.escalated' AND target = ?",
    [`finding:${id}`],
  );
  expect(Number(acts?.n)).toBe(3);
});

test('S11 WCM-06 administrators are not told whom it is about', async () => {
  await finding();
  for (let level = 0; level < 3; level++) await work(minutes(60));
  const rows = await at.db.query('SELECT params FROM notification WHERE account_id = ?', [people.root ?? '']);
  expect(rows.map(({ params }) => JSON.parse(String(params)))).toEqual([
    { detector: 'CUSTOMER_DELETED_BY_STAFF', severity: 'high' },
  ]);
  const [told] = await at.of(people.root ?? '');
  expect(told?.words['zh-CN'].text).toBe('删除了客户（高）：各级上级都没有查看。请合规专员处理。');
});

test.each([
  ['decided', (id: number) => at.db.execute("UPDATE finding_case SET state = 'reviewing' WHERE finding_id = ?", [id])],
  [
    'opened',
    (id: number) =>
      at.audit.record({ actor: 'account:x', action: 'finding.opened', target: `finding:${id}`, result: 'ok' }),
  ],
])('WCM-06 what somebody has %s goes no further', async (_, act) => {
  const [seen, other] = [await finding(), await finding({ userid: 'sun' })];
  await act(seen);
  await work(minutes(60));
  expect((await rowsOfThisTest()).map((row) => Number(row.finding_id))).toEqual([other]);
});

test('WCM-06 a critical one waits a quarter of an hour by the clock, at night as well', async () => {
  await at.pass(minutes(60 * 8));
  await finding({ severity: 'critical' });
  await finding();
  await at.pass(minutes(15) - 1);
  await escalations.pass();
  expect(await told()).toEqual({});
  await at.pass(1);
  await escalations.pass();
  expect(await told()).toEqual({ wang: [up] });
  expect((await at.of(people.wang ?? ''))[0]?.count).toBe(1);
});

test('WCM-06 five that nobody looks at are told as one, with a row for each', async () => {
  for (let n = 0; n < 5; n++) await finding();
  await work(minutes(60));
  expect((await at.of(people.wang ?? '')).map(({ count }) => count)).toEqual([5]);
  expect(await rowsOfThisTest()).toHaveLength(5);
});

test('WCM-06 a level where nobody has an account is passed over; without anybody above it goes to the top', async () => {
  await at.db.execute('DELETE FROM account WHERE id = ?', [people.wang ?? '']);
  await finding();
  const ofNobody = await finding({ userid: null });
  await work(minutes(60));
  expect(await told()).toEqual({ zhou: [up], anna: [top], root: [top], li: [top] });
  const [row] = await at.db.query('SELECT is_last FROM finding_escalation WHERE finding_id = ?', [ofNobody]);
  expect(Boolean(row?.is_last)).toBe(true);
});

test('WCM-06 what is low, and what is older than a week, is left where it is', async () => {
  await finding({ severity: 'low' });
  await finding({ severity: 'medium' });
  await finding();
  await at.pass(days(8));
  await escalations.pass();
  expect(await told()).toEqual({});
});
