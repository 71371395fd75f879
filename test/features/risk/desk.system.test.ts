import { days, shanghaiDay } from '../../../src/core/clock';
import { aPerson } from '../../support/people';
import { type Json, useSystem } from '../../support/system';

const system = useSystem({ staff: 6, externalContacts: 40, groupChats: 0, leavers: 0, seed: 35 });
beforeAll(() => system.at.syncAll());

/** Two that one member deleted: the first was confirmed, the second was a false alarm. */
let member: string;
let customers: string[];
beforeAll(async () => {
  const { at } = system;
  const rows = at.sandbox.truth().relations.filter((row) => row.listed && !row.external_deleted);
  member = rows[0]?.userid ?? '';
  customers = rows.filter(({ userid }) => userid === member).map(({ external_userid }) => external_userid);
  for (const external_userid of customers.slice(0, 2))
    at.sandbox.control.deleteByStaff({ userid: member, external_userid });
  await at.settled();
  const found = await at.api.all(`findings?userid=${member}&detector=CUSTOMER_DELETED_BY_STAFF`);
  for (const [i, decision] of [{ state: 'confirmed' }, { state: 'cleared', reason: 'false_positive' }].entries()) {
    const { id, case_version: version } = found[i] ?? {};
    const decided = await at.api.post(`findings/${id}/decisions`, { ...decision, comment: 'looked into', version });
    expect(decided.status).toBe(201);
  }
});

test('WCM-03 each detector is listed with how often it was wrong, and with what nobody can see', async () => {
  const { items, coverage } = (await system.at.api.get('detectors')).body;
  const one = items.find(({ detector }: { detector: string }) => detector === 'CUSTOMER_DELETED_BY_STAFF');
  expect(one).toMatchObject({ by: 'events', found: 2, open: 0, confirmed: 1, cleared: 1, false_positives: 1 });
  expect(one.false_positive_rate).toBe(0.5);
  const unknown = items.find(({ detector }: { detector: string }) => detector === 'ATTESTATION_GAP');
  expect(unknown).toMatchObject({ by: 'reports', found: 0, false_positive_rate: null, last_run_at: null });
  expect(coverage.conversations).toBe(
    coverage.seen + Object.values<number>(coverage.unseen).reduce((a, b) => a + b, 0),
  );
  expect(coverage.conversations).toBeGreaterThan(20);
});

test('WCM-03 staff and customers stand by their points; what was cleared counts nothing', async () => {
  const people = (await system.at.api.get('risk/people')).body.items;
  expect(people).toMatchObject([{ userid: member, points: 4, open: 0, by_severity: { high: 1 } }]);
  const listed = (await system.at.api.get('risk/customers')).body.items;
  expect(listed).toHaveLength(1);
  expect(customers).toContain(listed[0].external_userid);
  expect((await system.at.api.get('risk/people?days=0')).status).toBe(400);
});

test('WCM-02 A11 the view of one person counts by detector and week, and that it was read is in the trail', async () => {
  const { body } = await system.at.api.get(`risk/people/${member}`);
  expect(body).toMatchObject({
    ...{ userid: member, by_detector: [{ detector: 'CUSTOMER_DELETED_BY_STAFF', count: 2, open: 0 }] },
    by_week: [{ by_severity: { high: 2 } }],
    relations: { deleted: 2 },
  });
  const [row] = await system.at.db.query("SELECT target FROM audit_event WHERE action = 'risk.person_read'");
  expect(row).toMatchObject({ target: `staff:${member}` });
});

test('WCM-03 what waits to be judged is counted, with the oldest, and what came in day by day', async () => {
  const { at } = system;
  const before = (await at.api.get('risk/today')).body;
  expect(before.open.map(({ severity, count }: Json) => [severity, count])).toEqual([
    ...['lead', 'low', 'medium', 'high', 'critical'].map((severity) => [severity, 0]),
  ]);
  const external_userid = customers[2] ?? '';
  at.sandbox.control.deleteByStaff({ userid: member, external_userid });
  await at.settled();
  const { open, days: columns, newest, waiting, reviewing } = (await at.api.get('risk/today')).body;
  expect(open[3]).toMatchObject({ severity: 'high', count: 1, oldest_at: newest[0].detected_at });
  expect([newest, waiting]).toMatchObject([[{ external_userid }], [{ external_userid }]]);
  expect(columns.map(({ day }: Json) => day)).toHaveLength(7);
  expect(columns.at(-1)).toMatchObject({ day: shanghaiDay(at.db.now()), by_severity: { high: 3 } });
  const { id, case_version: version } = newest[0];
  await at.api.post(`findings/${id}/decisions`, { state: 'reviewing', version });
  const after = (await at.api.get('risk/today')).body;
  expect([reviewing, after.reviewing, after.newest, after.waiting]).toEqual([0, 1, [], []]);
  await at.api.post(`findings/${id}/decisions`, { state: 'confirmed', version: version + 1, comment: 'so it is' });
});

test('S9 nobody sees how they themselves stand, nor who stands above them', async () => {
  const { system: running, db } = system.at;
  const { access } = running.services;
  const { headers } = await aPerson({ access, db }, { roles: ['sales_manager'], userid: member });
  const get = (path: string) => fetch(`${running.url}/api/v1/${path}`, { headers });
  expect((await get(`risk/people/${member}`)).status).toBe(404);
  expect(await (await get('risk/people')).json()).toEqual({ items: [], next_cursor: null });
  expect(await (await get('risk/customers')).json()).toEqual({ items: [], next_cursor: null });
  expect(await (await get('risk/weekly-report')).json()).toMatchObject({ found: 0, people: [] });
  expect(await (await get('risk/today')).json()).toMatchObject({
    newest: [],
    days: Array(7).fill({ by_severity: { high: 0 } }),
  });
});

test('WCM-03 the week stands beside the one before, by its Monday', async () => {
  const today = shanghaiDay(system.at.db.now());
  const { body } = await system.at.api.get(`risk/weekly-report?from=${today}`);
  expect(body).toMatchObject({
    ...{ found: 3, found_before: 0, decided: 3, confirmed: 2, cleared: 1, false_positives: 1, unseen_high: 0 },
    ...{ by_severity: { high: 3 }, by_detector: [{ detector: 'CUSTOMER_DELETED_BY_STAFF', count: 3, before: 0 }] },
    people: [{ userid: member, points: 8 }],
  });
  expect(new Date(`${body.from}T00:00:00Z`).getUTCDay()).toBe(1);
  const next = shanghaiDay(new Date(system.at.db.now().getTime() + days(7)));
  expect((await system.at.api.get(`risk/weekly-report?from=${next}`)).body).toMatchObject({
    found: 0,
    found_before: 3,
  });
  expect((await system.at.api.get('risk/weekly-report')).body).toMatchObject({ found: 0 });
});
