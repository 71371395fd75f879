import { days, hours } from '../../../../src/core/clock';
import { figuresOf } from '../../../../src/features/handover/handovers/outcome-figures';
import { useArchive } from '../../../support/archive-system';
import { aPerson } from '../../../support/people';
import type { Json } from '../../../support/system';
import { aViewer } from '../../../support/viewers';
import { aDayLater, busiest, itemsOf, leaves, plan, refresh, submit } from './support';

const archive = useArchive({
  ...{ staff: 8, externalContacts: 60, groupChats: 4, leavers: 0, seed: 93 },
  env: { HANDOVER_LOOKUP_SECONDS: '0' },
});
let leaver = '';
let one = '';
let other = '';
let id = '';
let refuser = '';

beforeAll(async () => {
  const { at } = archive;
  await at.syncAll();
  [leaver = '', one = '', other = ''] = busiest(at);
  const relations = [...(at.sandbox.world.findStaff(leaver)?.relations.values() ?? [])].filter(({ half }) => !half);
  refuser = relations[0]?.contact.external_userid ?? '';
  await leaves(at, leaver);
  at.sandbox.control.planTransfer({ external_userid: refuser, outcome: 'customer_refused' });
  const successors = [{ userid: one }, { userid: other }];
  const rule = { by_hand: { [refuser]: one } };
  id = (await plan(at, { from_userids: [leaver], successors, rule })).id;
  await submit(at, id);
  await aDayLater(at);
  await refresh(at, id);
  await aDayLater(at);
  await refresh(at, id);
  await at.settled();
});

const outcome = async (): Promise<Json> => (await archive.at.api.get(`handovers/${id}/outcome`)).body;

/** Customers whom this successor took over and nobody has touched in a test. */
async function takenBy(userid: string): Promise<string[]> {
  const items = await itemsOf(archive.at, id, `?kind=external_contact&state=taken_over&to_userid=${userid}`);
  return items.map(({ external_userid }) => external_userid).filter((one) => one !== refuser);
}

test('WCM-07 the outcome counts who refused a successor, even one who accepted the second choice', async () => {
  const items = await itemsOf(archive.at, id);
  expect(items.filter(({ state }) => state !== 'taken_over')).toEqual([]);
  const contacts = items.filter(({ kind }) => kind === 'external_contact').length;
  const { external_contacts, by_successor, by_giver, group_chats, revenue } = await outcome();
  expect(external_contacts).toMatchObject({ total: contacts, taken_over: contacts, refused: 1, open: 0 });
  expect(external_contacts.refusal_rate).toBeCloseTo(1 / contacts, 3);
  expect(by_giver).toMatchObject([{ userid: leaver, refused: 1, total: contacts }]);
  const refused = Object.fromEntries(by_successor.map((row: Json) => [row.userid, row.refused]));
  expect(refused).toEqual({ [one]: 1, [other]: 0 });
  expect(group_chats.taken_over).toBe(items.length - contacts);
  expect(revenue).toEqual({ before: null, after: null });
});

test('WCM-07 who deletes the successor within 90 days is lost, and so is who is deleted by them', async () => {
  const { at } = archive;
  const before = await outcome();
  expect(before.external_contacts.lost).toEqual({ deleted_by_external: 0, deleted_by_staff: 0, missing: 0 });
  const [left = '', thrown = ''] = await takenBy(one);
  at.sandbox.control.deleteByExternal({ userid: one, external_userid: left });
  at.sandbox.control.deleteByStaff({ userid: one, external_userid: thrown });
  await at.settled();
  const { external_contacts, by_successor, leak_findings, watched_until } = await outcome();
  expect(external_contacts.lost).toEqual({ deleted_by_external: 1, deleted_by_staff: 1, missing: 0 });
  expect(external_contacts.loss_rate).toBeCloseTo(2 / external_contacts.taken_over, 3);
  const lost = Object.fromEntries(by_successor.map((row: Json) => [row.userid, row.loss_rate > 0]));
  expect(lost).toEqual({ [one]: true, [other]: false });
  expect(leak_findings).toBe((await at.api.all('findings?detector=DEPARTURE_LEAK')).length);
  expect(Date.parse(watched_until)).toBeGreaterThan(Date.now() + days(89));
});

test('WCM-07 the archive tells how soon the successor wrote; where it shows nothing, nothing is said', async () => {
  expect((await outcome()).external_contacts).toMatchObject({ written_to: 0, median_hours_to_first_message: null });
  const theirs = await takenBy(other);
  const say = (external_userid: string, inHours: number, from = other) =>
    archive.say('您好', {
      ...{ from, tolist: [from === other ? external_userid : other] },
      msgtime: Date.now() + hours(inHours),
    });
  const [a = '', b = '', c = ''] = theirs;
  await archive.said(say(a, 2), say(a, 30), say(b, 6), say(c, 1, c));
  const { external_contacts, by_successor } = await outcome();
  expect(external_contacts.written_to).toBe(2);
  expect(external_contacts.median_hours_to_first_message).toBeCloseTo(4, 1);
  expect(by_successor.find(({ userid }: Json) => userid === one).median_hours_to_first_message).toBeNull();
});

test('WCM-07 findings are counted only for whoever may read them, and outsiders see no outcome', async () => {
  const { at } = archive;
  const { access } = at.system.services;
  const place = { access, db: at.db };
  const get = async (headers: Record<string, string>) =>
    fetch(`${at.system.url}/api/v1/handovers/${id}/outcome`, { headers });
  const sales = await aPerson(place, { roles: ['sales'], userid: other });
  expect((await get(sales.headers)).status).toBe(404);
  const manager = await aPerson(place, { roles: ['sales_manager'], userid: one });
  const seen = (await (await get(manager.headers)).json()) as Json;
  expect(seen.leak_findings).toBeGreaterThan(0);
  const role = 'custom_000000000001';
  const definitions = new Map([[role, { reach: 'company', grants: ['handovers:read'], fields: {} }] as const]);
  const viewer = aViewer([], { roles: [role], definitions });
  expect((await at.system.services.handovers.outcomes.of(id, viewer)).leak_findings).toBeNull();
});

const since = new Date('2026-01-01T00:00:00Z');
const after = (n: number) => new Date(since.getTime() + days(n));
const item = (...facts: [string, number][]) => ({
  ...{ state: 'taken_over' as const, since, written: null, refused: false },
  facts: facts.map(([kind, n]) => ({ kind, at: after(n) })),
});

test.each([
  ['deletes on day 89', [['external_deleted', 89]], 1],
  ['deletes on day 91', [['external_deleted', 91]], 0],
  [
    'deletes and comes back',
    [
      ['external_deleted', 10],
      ['added', 40],
    ],
    0,
  ],
  [
    'deletes, and comes back when the 90 days are over',
    [
      ['external_deleted', 10],
      ['added', 100],
    ],
    1,
  ],
  [
    'vanishes from a list and is seen again',
    [
      ['missing', 3],
      ['reappeared', 4],
    ],
    0,
  ],
  ['is given on to another', [], 0],
] as [string, [string, number][], number][])('WCM-07 a customer who %s: lost %#', (_, facts, lost) => {
  expect(figuresOf([item(...facts), item()]).loss_rate).toBe(lost / 2);
});
