import { externalContact } from '../../../../callbacks/external-contact';
import { insertRows } from '../../../../src/db/bulk';
import { createConsent } from '../../../../src/features/archive/consent';
import type { ConsentApi } from '../../../../src/features/archive/consent/polling';
import type { RunDefinition } from '../../../../src/jobs';
import { aPerson, type Person } from '../../../support/people';
import { type Json, useSystem } from '../../../support/system';
import { type Desk, openDesk } from '../desk';
import { outsider, say } from '../said';

const system = useSystem({ staff: 1, externalContacts: 1, groupChats: 0, leavers: 0 });
let desk: Desk;
let anna: Person;
let polled: RunDefinition<Record<string, never>, unknown, unknown> | undefined;
let consent: ReturnType<typeof createConsent>;

/** What the pretend WeCom says, and what it was asked. */
const wecom = {
  seats: ['chen', 'Sun'],
  disagreed: new Set<string>(),
  asked: [] as string[],
  changedAt: new Date('2026-03-01T00:00:00.000Z'),
};
const status = (id: string) => (wecom.disagreed.has(id) ? ('disagreed' as const) : ('agreed' as const));
const api: ConsentApi = {
  permitted: async () => wecom.seats,
  async singleConsents(pairs) {
    wecom.asked.push(...pairs.map(({ userid, external_userid }) => `${userid} ${external_userid}`));
    return pairs.map(({ userid, external_userid }) => ({
      ...{ userid, external_userid, status: status(external_userid), changed_at: wecom.changedAt },
    }));
  },
  async groupConsents(chatId) {
    wecom.asked.push(chatId);
    return [{ external_userid: 'wmGroupie', status: 'disagreed', changed_at: null }];
  },
};

beforeAll(async () => {
  desk = await openDesk(system.at);
  anna = await desk.officer('Anna');
  const { services } = system.at.system;
  const runs = {
    define(_: string, definition: unknown): void {
      polled = definition as NonNullable<typeof polled>;
    },
    start: services.runs.start,
  };
  const { db } = system.at;
  consent = createConsent({
    ...{ db, audit: services.audit, scopes: services.scopes, runs: runs as never, api },
    isConfigured: () => true,
  });
});

const poll = (checkpoint: unknown = null) =>
  polled?.execute({
    ...{ id: 'run', params: {}, checkpoint, signal: new AbortController().signal, progress: async () => undefined },
    save: (_checkpoint, _progress, work) => system.at.db.transact(async () => work?.()),
  });
const get = (path: string, who = anna) => desk.call(who, path);
const listed = async (query: string): Promise<Json[]> => (await get(`archive/consent?${query}`)).body.items;
const history = async (person: string): Promise<Json[]> =>
  (await get(`archive/consent-history?external_userid=${person}`)).body.items;

test('A20 WeCom is asked for every relation of staff with a seat and every group; only changes make history', async () => {
  expect(await poll()).toEqual({ asked: 3, changed: 5 });
  expect(wecom.asked.sort()).toEqual(['Chen wmChen', 'Sun wmSun', 'wrOne']);
  expect(await listed('')).toMatchObject([
    {
      ...{
        userid: 'Chen',
        external_userid: 'wmChen',
        chat_id: null,
        chat_name: null,
        status: 'agreed',
        source: 'poll',
      },
      name: expect.any(String),
    },
    { userid: null, external_userid: 'wmGroupie', chat_id: 'wrOne', status: 'disagreed' },
    { userid: 'Sun', external_userid: 'wmSun', status: 'agreed' },
  ]);
  expect(await poll()).toEqual({ asked: 3, changed: 0 });
  wecom.disagreed.add('wmSun');
  wecom.changedAt = new Date('2026-03-02T00:00:00.000Z');
  expect(await poll()).toMatchObject({ changed: 2 });
  expect((await history('wmSun')).map(({ status: now }) => now)).toEqual(['disagreed', 'agreed']);
  expect((await listed('state=disagreed')).map((one) => one.external_userid)).toEqual(['wmGroupie', 'wmSun']);
  expect((await listed('limit=1&userid=Chen')).map((one) => one.external_userid)).toEqual(['wmChen']);
  const page = (await get('archive/consent?limit=2')).body;
  expect((await listed(`limit=2&cursor=${page.next_cursor}`)).map((one) => one.external_userid)).toEqual(['wmSun']);
});

test('A20 a run that was killed goes on where it was, and asks nobody twice', async () => {
  wecom.asked.length = 0;
  const [last] = await system.at.db.query<{ id: string }>('SELECT MAX(id) AS id FROM relation');
  await poll({ phase: 'single', after: last?.id, asked: 7, changed: 0 });
  expect(wecom.asked).toEqual(['wrOne']);
});

test('A20 the answers of messages and events are heard as they come; an old one decides nothing', async () => {
  const { db, vault, system: running } = system.at;
  const place = { db, vault, evidence: running.services.evidence, sinks: [running.services.consent.sink] };
  const [anybody, other] = [outsider(1), outsider(2)];
  const answer = (type: string, at: string, more: object = {}) => ({
    ...{ from: anybody, to: ['Wu'], at, msgtype: type, [type]: { userid: anybody }, ...more },
  });
  await say(place, [
    answer('agree', '2026-03-05T00:00:00.000Z'),
    answer('disagree', '2026-03-04T00:00:00.000Z', { roomid: 'wrTwo', to: ['Wu', other] }),
  ]);
  expect(await listed(`external_userid=${anybody}`)).toMatchObject([
    { userid: null, chat_id: 'wrTwo', status: 'disagreed', source: 'message', changed_at: '2026-03-04T00:00:00.000Z' },
    { userid: 'Wu', chat_id: null, status: 'agreed', source: 'message' },
  ]);
  const approved = (at: string) =>
    db.transact(() => consent.onApproved({ userid: 'Wu', external_userid: other, at: new Date(at), stale: false }));
  await approved('2026-03-05T00:00:00.000Z');
  await say(place, [{ ...answer('disagree', '2026-03-06T00:00:00.000Z'), from: other }]);
  await approved('2026-03-05T12:00:00.000Z');
  expect(await listed(`external_userid=${other}`)).toMatchObject([{ userid: 'Wu', status: 'disagreed' }]);
  expect((await history(other)).map((one) => `${one.source} ${one.status}`)).toEqual([
    ...['event agreed', 'message disagreed', 'event agreed'],
  ]);
  await expect(db.execute("UPDATE archive_consent SET status = 'agreed'")).rejects.toThrow('insert-only');
});

test('A20 the callback of an agreement reaches the consent map', async () => {
  const { services } = system.at.system;
  const reaction = externalContact.changes.msg_audit_approved;
  if (!reaction?.handled) throw new Error('nobody reacts');
  jest.spyOn(services.externalContacts, 'onNote').mockResolvedValue(async () => undefined);
  const arrival = { at: new Date('2026-03-07T00:00:00.000Z'), stale: false, ref: 'inbox:1' };
  const write = await reaction.react({ UserID: 'Wu', ExternalUserID: 'wmWu' }, services, arrival);
  await system.at.db.transact(() => write());
  expect(await listed('external_userid=wmWu')).toMatchObject([{ userid: 'Wu', status: 'agreed', source: 'event' }]);
});

test('A20 staff without a seat, groups without a compliance officer, and who was never asked are named', async () => {
  const { db } = system.at;
  const report = async () => (await get('archive/supervision')).body;
  const before = await report();
  expect(before.seats.held).toBe(2);
  expect(before.unarchived_staff.first.map(({ userid }: Json) => userid)).toEqual(['Li', 'Qian', 'Wang', 'Wu', 'Zhao']);
  expect(before.groups_without_compliance).toMatchObject({ count: 1, first: [{ chat_id: 'wrOne' }] });
  expect(before.groups_unarchived.count).toBe(0);
  expect(before.consent).toMatchObject({ agreed: 3, disagreed: 4, never_asked: 0 });
  await desk.officer('Sun herself', 'Sun');
  wecom.seats = ['wu'];
  await poll();
  const after = await report();
  expect(after.groups_without_compliance.count).toBe(0);
  expect(after.groups_unarchived).toMatchObject({ count: 1, first: [{ chat_id: 'wrOne' }] });
  expect(after.unarchived_staff.first.map(({ userid }: Json) => userid)).not.toContain('Wu');
  const seats = await db.query('SELECT userid, held FROM archive_seat ORDER BY id');
  expect(seats.map(({ userid, held }) => `${userid} ${Number(held)}`)).toEqual([
    'chen 1',
    'Sun 1',
    'wu 1',
    'chen 0',
    'Sun 0',
  ]);
});

test('A20 staff confirm a notice for themselves, once; who has not is listed', async () => {
  const { services } = system.at.system;
  const place = { access: services.access, db: system.at.db };
  const notice = (await desk.call(anna, 'archive/notices', { title: '会话存档告知', content: '工作沟通将被存档。' }))
    .body;
  const wu = await aPerson(place, { roles: ['sales'], userid: 'Wu' });
  expect((await get('archive/notices', wu)).body.items).toMatchObject([{ id: notice.id, confirmed_at: null }]);
  const confirm = (who: Person) => desk.call(who, `archive/notices/${notice.id}/confirm`, {});
  const [first, second] = [await confirm(wu), await confirm(wu)];
  expect(first.body).toMatchObject({ confirmed: 1, confirmed_at: expect.any(String) });
  expect(second.body).toEqual(first.body);
  expect(await confirm(anna)).toMatchObject({ status: 403, body: { code: 'NOTICE_NOT_STAFF' } });
  const { items } = (await get(`archive/notices/${notice.id}/confirmations?confirmed=false`)).body;
  expect(items.map(({ userid }: Json) => userid)).toEqual(['Chen', 'Li', 'Qian', 'Sun', 'Wang', 'Zhao']);
  expect((await get(`archive/notices/${notice.id}/confirmations`, wu)).status).toBe(403);
  const rows = (await get('audit-events?action=archive.notice_confirmed')).body.items;
  expect(rows).toMatchObject([{ actor: `account:${wu.id}`, target: `notice:${notice.id}` }]);
});

test('A20 the consent map stops at the reader’s reach', async () => {
  const { services } = system.at.system;
  const body = {
    name: 'line review',
    about: '',
    reach: 'line' as const,
    fields: {},
    permissions: ['archive:review' as const],
  };
  const role = await services.customRoles.create(body, anna.viewer);
  const zhao = await aPerson({ access: services.access, db: system.at.db }, { roles: [role.key], userid: 'Zhao' });
  await insertRows(
    system.at.db,
    {
      table: 'archive_consent_now',
      columns: ['external_userid', 'userid', 'chat_id', 'status', 'source', 'checked_at'],
    },
    [['wmElse', 'Qian', '', 'agreed', 'poll', new Date()]],
  );
  const seen = (await get('archive/consent?limit=200', zhao)).body.items;
  expect(seen.map((one: Json) => one.external_userid)).toEqual(['wmChen', 'wmGroupie', 'wmSun']);
});
