import { aPerson, type Person } from '../../../support/people';
import { type Json, useSystem } from '../../../support/system';

const system = useSystem({ staff: 1, externalContacts: 1, groupChats: 0, leavers: 0 });
let admin: Person;
beforeAll(async () => {
  const { access } = system.at.system.services;
  admin = await aPerson({ access, db: system.at.db }, { roles: ['system_admin'] });
});

async function put(body: object): Promise<{ status: number; body: Json }> {
  const answer = await fetch(`${system.at.system.url}/api/v1/working-calendar`, {
    method: 'PUT',
    headers: { connection: 'close', ...admin.headers, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: answer.status, body: (await answer.json()) as Json };
}

const read = async (): Promise<Json> => (await system.at.api.get('working-calendar')).body;
/** What may be sent back. */
const rulesOf = ({ weekdays, make_up_hours, days, version }: Json) => ({ weekdays, make_up_hours, days, version });

test('EXT-13 everybody sees the usual hours and the public holidays until somebody says otherwise', async () => {
  const { weekdays, version, public_years, public_days } = await read();
  expect([version, weekdays.monday.length, weekdays.sunday]).toEqual([0, 2, []]);
  expect(public_years).toEqual([2025, 2026]);
  expect(public_days).toContainEqual({ from: '2026-10-10', to: '2026-10-10', name: '国庆节', works: true });
});

test('EXT-13 a change counts at once, is a version of its own, and is in the audit trail', async () => {
  const before = rulesOf(await read());
  const day = { from: '2026-03-02', to: '2026-03-02', name: '周年庆', hours: [] };
  const saved = await put({ ...before, days: [day] });
  expect([saved.status, saved.body.version, saved.body.days]).toEqual([200, before.version + 1, [day]]);
  const calendar = await system.at.system.services.calendar.current();
  expect(calendar.isWorkingTime(new Date('2026-03-02T10:00:00+08:00'))).toBe(false);
  expect(calendar.isWorkingTime(new Date('2026-10-10T10:00:00+08:00'))).toBe(true);
  expect(calendar.isWorkingTime(new Date('2026-10-07T10:00:00+08:00'))).toBe(false);
  const versions = await system.at.api.all('working-calendar/versions');
  expect(versions.map(({ version, changed_by }) => [version, changed_by])).toEqual([
    [before.version + 1, `account:${admin.id}`],
  ]);
  const [row] = await system.at.db.query<{ n: unknown }>(
    "SELECT COUNT(*) AS n FROM audit_event WHERE action = 'working_calendar.changed' AND actor = ?",
    [`account:${admin.id}`],
  );
  expect(Number(row?.n)).toBe(1);
});

test('EXT-13 a day of the company counts before a public holiday', async () => {
  const before = rulesOf(await read());
  const hours = [{ from: '10:00', to: '16:00' }];
  await put({ ...before, days: [{ from: '2026-10-01', to: '2026-10-02', name: '国庆值班', hours }] });
  const calendar = await system.at.system.services.calendar.current();
  expect(calendar.isWorkingTime(new Date('2026-10-02T11:00:00+08:00'))).toBe(true);
});

test('EXT-13 of two who change it from the same version one does', async () => {
  const before = rulesOf(await read());
  const both = await Promise.all([put(before), put(before)]);
  expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  expect((await put({ ...before, version: before.version + 9 })).status).toBe(409);
});

const monday = (...hours: [string, string][]) => ({ monday: hours.map(([from, to]) => ({ from, to })) });
const day = (from: string, to: string) => ({ from, to, name: 'x', hours: [] });

test.each([
  ['hours that overlap', { weekdays: monday(['09:00', '12:30'], ['12:00', '18:00']) }],
  ['hours that end before they begin', { weekdays: monday(['18:00', '09:00']) }],
  ['a time there is not', { weekdays: monday(['09:00', '25:00']) }],
  ['days that overlap', { days: [day('2026-05-01', '2026-05-03'), day('2026-05-03', '2026-05-04')] }],
  ['days that end before they begin', { days: [day('2026-05-03', '2026-05-01')] }],
  [
    'a week in which nobody works',
    { weekdays: { monday: [], tuesday: [], wednesday: [], thursday: [], friday: [], saturday: [], sunday: [] } },
  ],
])('EXT-13 refused with 422: %s', async (_, change: Json) => {
  const before = rulesOf(await read());
  const weekdays = { ...before.weekdays, ...change.weekdays };
  expect((await put({ ...before, ...change, weekdays })).status).toBe(422);
  expect((await read()).version).toBe(before.version);
});
