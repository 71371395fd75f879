import { shanghaiDay } from '../../../core/clock';
import { maskPersonal } from '../../../core/mask';
import { textIn, toPage } from '../../../core/paging';
import { allOf, type Condition, given, isIn } from '../../../db/conditions';
import { containing, type Database } from '../../../db/database';
import { httpError } from '../../../http/errors';
import { actorOf, isAllowed, type Viewer } from '../../../http/permissions';
import type { By } from '../../kernel/approvals';
import type { AuditService } from '../../kernel/audit';
import type { DomainEvents } from '../../kernel/events';
import type { ScopeService } from '../../kernel/scope';
import type { StaffService } from '../../kernel/staff';
import type { ExternalContactViews } from '../../relations/external-contacts';
import { contactsOf } from './contacts.report';
import { departureError } from './departures.errors';
import type {
  DepartureChange,
  DepartureQuery,
  DepartureView,
  HandBody,
  HeldContactQuery,
  HeldGroupChatQuery,
  LeftoverQuery,
  NewDeparture,
} from './departures.schema';
import { createDepartureStore, type Leaver } from './departures.store';
import { createDepartureViews } from './departures.views';
import { groupChatsOf } from './group-chats.report';
import { createLeftovers } from './leftovers';
import { departureListener } from './listening';
import { createSubjects, type HandoverSubject, type Person } from './subjects';
import { departureSweep } from './sweep';

interface Deps {
  db: Database;
  audit: Pick<AuditService, 'record' | 'names'>;
  scopes: ScopeService;
  events: Pick<DomainEvents, 'listen' | 'publish'>;
  staff: Pick<StaffService, 'depart' | 'onOutOfSight' | 'resolve'>;
  contacts: Pick<ExternalContactViews, 'tagsOf'>;
  subjects: readonly HandoverSubject[];
}

export type Departures = ReturnType<typeof createDepartures>;

/** Who left or will leave, what is theirs, and that in the end nothing is (WCM-07, EXT-31). */
export function createDepartures({ db, audit, scopes, events, staff, contacts, ...deps }: Deps) {
  const store = createDepartureStore(db);
  const subjects = createSubjects(deps.subjects);
  const leftovers = createLeftovers({ db, subjects });
  const views = createDepartureViews({ db, audit, subjects });
  events.listen(departureListener(db, store));

  /** Of the viewer's line, and nobody's who is kept from judging them: whoever is to go need not know yet. */
  async function visibleTo(viewer: Viewer): Promise<Condition[]> {
    const within = (await scopes.of(viewer)).staff('s.id');
    const [barred, ...userids] = isIn('s.userid', await scopes.barred(viewer));
    return [...(within ? [within] : []), [`(s.userid IS NULL OR NOT ${barred})`, ...userids]];
  }

  /** @throws departure.not_found, also for one that is none of the viewer's business */
  async function known(id: string, viewer: Viewer): Promise<Leaver> {
    const [found] = await store.leavers([['d.id = ?', id], ...(await visibleTo(viewer))], 1);
    if (!found) throw departureError('not_found', { id });
    return found;
  }

  async function shown(id: string, viewer: Viewer): Promise<DepartureView> {
    const leaver = await known(id, viewer);
    return (await views.of([leaver]))(leaver);
  }

  /** @throws departure.staff_not_found, gone */
  async function servingBelow(userid: string, viewer: Viewer): Promise<string> {
    const { where, params } = allOf([['s.userid_key = ?', userid.toLowerCase()], ...(await visibleTo(viewer))]);
    const sql = `SELECT s.id, s.departed_at, s.status FROM staff s WHERE ${where}`;
    const [row] = await db.query<{ id: string; departed_at: unknown; status: string }>(sql, params);
    if (!row) throw departureError('staff_not_found', { userid });
    if (row.departed_at !== null || row.status === 'left') throw departureError('gone', { userid });
    return row.id;
  }

  /** @throws departure.bad_successor */
  async function successorOf(userid: string, leaver: Leaver): Promise<Person> {
    const [row] = await db.query<Person>(
      `SELECT s.id, s.userid FROM staff s LEFT JOIN departure d ON d.open_key = s.id
       WHERE s.userid_key = ? AND s.id <> ? AND s.status = 'active' AND s.departed_at IS NULL AND d.id IS NULL`,
      [userid.toLowerCase(), leaver.staff_id],
    );
    if (!row) throw departureError('bad_successor', { userid });
    return row;
  }

  /** @throws http.validation for a day that is over in Shanghai */
  function assertToCome(day: string | null): void {
    if (day === null || day >= shanghaiDay(db.now())) return;
    throw httpError('validation', [{ path: 'last_day', rule: 'range', message: 'The day is over' }]);
  }

  const record = (action: string, id: string, { viewer, address }: By, detail: object): Promise<void> =>
    audit.record({
      ...{ actor: actorOf(viewer), action: `departure.${action}`, target: `departure:${id}` },
      ...{ result: 'ok', address, detail },
    });

  const personOf = ({ staff_id, userid }: Leaver): Person => ({ id: staff_id, userid });

  return {
    /** Newest first. @throws paging.bad_cursor */
    async list({ limit, cursor, state, q }: DepartureQuery, viewer: Viewer) {
      const asked = given([
        ['d.state = ?', state],
        ['d.id < ?', cursor === undefined ? undefined : textIn(cursor)],
      ]);
      const like = "(LOWER(s.name) LIKE ? ESCAPE '!' OR s.userid_key LIKE ? ESCAPE '!')";
      const named: Condition[] = q ? [[like, containing(q), containing(q)]] : [];
      const rows = await store.leavers([...asked, ...named, ...(await visibleTo(viewer))], limit + 1);
      return toPage(rows, limit, ({ id }) => [id], await views.of(rows.slice(0, limit)));
    },

    /** @throws departure.not_found */
    get: shown,

    /** Somebody is going to leave. @throws departure.staff_not_found, gone, planned_already; http.validation */
    async plan({ userid, last_day, note }: NewDeparture, by: By): Promise<DepartureView> {
      const staffId = await servingBelow(userid, by.viewer);
      assertToCome(last_day ?? null);
      const planned = { staff_id: staffId, last_day: last_day ?? null, note: note === undefined ? null : noted(note) };
      const id = await db.transact(async () => {
        const added = await store.plan({ ...planned, created_by: actorOf(by.viewer) });
        if (added === undefined) throw departureError('planned_already', { userid });
        await record('planned', added, by, { staff_id: staffId, last_day: planned.last_day });
        return added;
      });
      return shown(id, by.viewer);
    },

    /** @throws departure.not_found, wrong_state, stale; http.validation for another day that is over */
    async change(id: string, { version, last_day, note }: DepartureChange, by: By): Promise<DepartureView> {
      const { state, last_day: before } = await known(id, by.viewer);
      if (state !== 'planned' && state !== 'left') throw departureError('wrong_state', { state });
      if (last_day !== before) assertToCome(last_day);
      await db.transact(async () => {
        if (!(await store.change(id, version, { last_day, note: note && noted(note) }))) throw departureError('stale');
        await record('changed', id, by, { last_day });
      });
      return shown(id, by.viewer);
    },

    /** They stay. @throws departure.not_found, wrong_state */
    async callOff(id: string, by: By): Promise<DepartureView> {
      const { state } = await known(id, by.viewer);
      await db.transact(async () => {
        if (!(await store.callOff(id))) throw departureError('wrong_state', { state });
        await record('called_off', id, by, {});
      });
      return shown(id, by.viewer);
    },

    /** @throws departure.not_found, paging.bad_cursor, http.forbidden */
    async externalContacts(id: string, query: HeldContactQuery, viewer: Viewer) {
      const withFindings = isAllowed(viewer, 'findings:read');
      if (query.has_finding !== undefined && !withFindings) throw httpError('forbidden');
      return contactsOf(db, await known(id, viewer), query, { tags: contacts.tagsOf, withFindings });
    },

    /** @throws departure.not_found, paging.bad_cursor */
    groupChats: async (id: string, query: HeldGroupChatQuery, viewer: Viewer) =>
      groupChatsOf(db, await known(id, viewer), query),

    /** One page. @throws departure.not_found */
    async subjects(id: string, viewer: Viewer) {
      const leaver = await known(id, viewer);
      return { items: await subjects.of(personOf(leaver)), next_cursor: null };
    },

    /** @throws departure.not_found, wrong_state, bad_successor, unknown_subject, not_theirs */
    async hand(id: string, { kind, ids, to }: HandBody, by: By) {
      const leaver = await known(id, by.viewer);
      if (leaver.open_key === null) throw departureError('wrong_state', { state: leaver.state });
      const successor = to === null ? null : await successorOf(to, leaver);
      const items = await db.transact(async () => {
        const order = { kind, ids: [...new Set(ids)], to: successor };
        const done = await subjects.hand(personOf(leaver), order, by);
        await record('subjects_handed', id, by, { kind, to: successor?.id ?? null, items: done });
        return done;
      });
      return { items };
    },

    /** @throws paging.bad_cursor */
    leftovers: async (query: LeftoverQuery, viewer: Viewer) => leftovers.list(query, await visibleTo(viewer)),
    leftoverSummary: async (viewer: Viewer) => leftovers.summary(await visibleTo(viewer)),

    handler: () => departureSweep({ db, staff, events, store, subjects }),
  };
}

/** What a person types may hold a phone number. */
const noted = (note: string): string => maskPersonal(note).slice(0, 500);
