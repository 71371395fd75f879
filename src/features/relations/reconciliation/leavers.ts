import { hours } from '../../../core/clock';
import { groupBy } from '../../../core/collections';
import type { Database } from '../../../db/database';
import type { JobHandler, JobQueue } from '../../../jobs';
import { pages, type Unassigned, type Wecom } from '../../../wecom';
import type { Staff, StaffService } from '../../kernel/staff';
import type { ExternalContactService, Origin, Relation } from '../external-contacts';
import type { GroupChatService } from '../group-chats';

export const leaversJob = 'leavers.refresh';

/** By then the unassigned list knows of a departure. */
const listDelayMs = hours(1);

/** The unassigned list follows a departure with a delay. */
const delayMs = 3000;

interface Deps {
  db: Database;
  queue: JobQueue;
  wecom: Pick<Wecom, 'externalContacts' | 'groupChats'>;
  staff: StaffService;
  externalContacts: ExternalContactService;
  groupChats: GroupChatService;
}

/** The part of an event that is about the news itself. */
interface News {
  at: Date;
  stale: boolean;
  ref: string;
}

/** What became of a relation that a leaver held. */
export interface Settled {
  userid: string;
  external_userid: string;
  after: 'transferred_out' | 'unassigned' | 'missing';
}

/** What becomes of a leaver's relation; undefined when that is settled. */
function endOf({ state }: Relation, { isTaken, isKnown }: { isTaken: boolean; isKnown: boolean }) {
  if (isTaken && state !== 'half') return 'transferred_out';
  if (state === 'missing') return undefined;
  return state === 'active' && !isKnown ? 'unassigned' : 'missing';
}

interface End {
  relation: Relation;
  kind: Settled['after'];
}

export type Leavers = ReturnType<typeof createLeavers>;

/** Members who leave or change their id, and what that means for their relations and group chats. */
export function createLeavers({ db, queue, wecom, staff, externalContacts, groupChats }: Deps) {
  const { store, presence } = externalContacts;

  /** One page of the unassigned list. Reads first. @returns the write, which tells the relations named and how many are new */
  async function onUnassigned(rows: Unassigned[]) {
    const serving = await staff.stillServing(rows.map((row) => row.handover_userid));
    return (origin: Origin) => mirrorUnassigned(rows, serving, origin);
  }

  async function mirrorUnassigned(
    rows: Unassigned[],
    serving: Set<string>,
    origin: Origin,
  ): Promise<{ ids: string[]; added: number }> {
    const staffIds = await staff.resolve(rows.map((row) => row.handover_userid));
    const gone = new Map(
      rows.filter((row) => !serving.has(row.handover_userid)).map((row) => [row.handover_userid, row.departed_at]),
    );
    for (const [userid, at] of gone) await staff.depart([userid], at, 'list');
    const ids: string[] = [];
    let added = 0;
    for (const row of rows) {
      const { relation, isNews } = await mirrorOne(staffIds.get(row.handover_userid) ?? '', row, origin);
      ids.push(relation.id);
      if (isNews) added += 1;
    }
    return { ids, added };
  }

  async function mirrorOne(staffId: string, { external_userid, departed_at }: Unassigned, origin: Origin) {
    const before = await store.pair(staffId, external_userid);
    if (before?.state === 'unassigned') return { relation: before, isNews: false };
    const relation = before ?? (await presence.ensure(staffId, external_userid, departed_at));
    let after = await presence.record(relation, [{ kind: 'unassigned', occurred_at: departed_at }], origin);
    // A refused transfer comes back: the list has the last word.
    if (after.state === 'transferred_out') {
      after = await presence.record(
        after,
        [
          { kind: 'reappeared', occurred_at: origin.at },
          { kind: 'unassigned', occurred_at: origin.at },
        ],
        origin,
      );
    }
    return { relation: after, isNews: before?.state !== after.state };
  }

  /**
   * Relations that are no longer up for assignment were given to somebody, also those of a leaver who came back. Whoever
   * is gone follows nobody: what the list does not name although it names the leaver is missing, unless a colleague has
   * the contact. The list follows a departure with a delay, though: of a leaver it does not know yet, all wait for a
   * successor until a later read. Must run inside `transact`.
   */
  async function settleAssigned(stillUnassigned: Set<string>, origin: Origin): Promise<Settled[]> {
    const members = await staff.store.all();
    const userids = new Map(members.map(({ id, userid }) => [id, userid]));
    const waiting = groupBy(await store.relationsIn('unassigned'), ({ id }) => stillUnassigned.has(id));
    const named = new Set((waiting.get(true) ?? []).map(({ staff_id }) => staff_id));
    const ends = (waiting.get(false) ?? []).map((relation): End => ({ relation, kind: 'transferred_out' }));
    for (const member of members) ends.push(...(await endsOf(member, named.has(member.id))));
    const settled: Settled[] = [];
    for (const { relation, kind } of ends) {
      await presence.record(relation, [{ kind, occurred_at: db.now() }], origin);
      const userid = userids.get(relation.staff_id) ?? '';
      settled.push({ userid, external_userid: relation.external_userid, after: kind });
    }
    return settled;
  }

  /** Of a leaver's relations that the list does not name. */
  async function endsOf({ id, departed_at }: Staff, isNamed: boolean): Promise<End[]> {
    if (!departed_at) return [];
    const held = await store.relationsOfStaff(id, [...externalContacts.listedStates, 'missing']);
    const taken = await takenSince(held, id, departed_at);
    const isKnown = isNamed || db.now().getTime() - departed_at.getTime() > listDelayMs;
    return held.flatMap((relation): End[] => {
      const kind = endOf(relation, { isTaken: taken.has(relation.external_userid), isKnown });
      return kind ? [{ relation, kind }] : [];
    });
  }

  /** The contacts that a colleague met after the departure. */
  async function takenSince(held: Relation[], staffId: string, departedAt: Date): Promise<Set<string>> {
    const all = await store.relationsOfContacts(held.map((r) => r.external_userid));
    const later = all.filter((r) => r.staff_id !== staffId && r.started_at >= departedAt);
    return new Set(later.map((r) => r.external_userid));
  }

  return {
    onUnassigned,
    settleAssigned,

    /** @returns the write: the member is kept as a leaver, and the rest follows in a job */
    async onDeparted(userid: string, news: News): Promise<() => Promise<void>> {
      const depart = await staff.onDeparted(userid, news);
      return async () => {
        await depart();
        await queue.add([
          {
            kind: leaversJob,
            lane: 'event',
            payload: {},
            dedupeKey: leaversJob,
            serialKey: leaversJob,
            runAt: new Date(db.now().getTime() + delayMs),
          },
        ]);
      };
    },

    /** A member's id changed: followed in every table (events 6). */
    async onRenamed(from: string, to: string, { ref }: News): Promise<() => Promise<void>> {
      const change = await staff.onChanged(to, []);
      return async () => {
        const origin: Origin = { source: 'event', ref, at: db.now() };
        const merge = await staff.rename(from, to);
        if (merge) await externalContacts.moveRelations(merge.merged, merge.into, origin);
        await groupChats.renameMember(from, to);
        await change();
      };
    },

    handler: (): JobHandler => ({
      kind: leaversJob,
      async handle(job) {
        const calls = { lane: 'event' as const, signal: job.signal };
        const origin: Origin = { source: 'sync', ref: leaversJob, at: db.now() };
        const api = wecom.externalContacts;
        for await (const page of pages((cursor) => api.unassigned(cursor, calls))) {
          const mirror = await onUnassigned(page.items);
          await job.step(() => mirror(origin).then(() => undefined));
        }
        const leavers = (await staff.store.all()).filter((row) => row.departed_at !== null).map((row) => row.userid);
        for (let i = 0; i < leavers.length; i += 100) {
          const owner_userids = leavers.slice(i, i + 100);
          for await (const page of pages((cursor) => wecom.groupChats.list({ owner_userids, cursor }, calls))) {
            await job.step(async () => {
              for (const { chat_id, status } of page.items) await groupChats.setStatus(chat_id, status, origin);
            });
          }
        }
      },
    }),
  };
}
