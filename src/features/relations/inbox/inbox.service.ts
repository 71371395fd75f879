import type { z } from 'zod';
import { days } from '../../../core/clock';
import { defineErrors } from '../../../core/errors';
import { counterIn, type Page, toPage } from '../../../core/paging';
import type { Vault } from '../../../core/vault';
import { type Database, toDate, toDateOrNull, type Value } from '../../../db/database';
import { iso, isoOrNull } from '../../../http/schema';
import { bodyPlace } from './arrival';
import type { InboxEvent } from './inbox.entity';
import type { InboxQuery, inboxEventDetail, inboxEventView } from './inbox.schema';
import type { InboxStore } from './inbox.store';

type View = z.input<typeof inboxEventView>;

const inboxError = defineErrors('inbox', {
  not_found: [404, 'There is no such callback'],
  body_gone: [409, 'Its body is no longer kept, so it cannot be handled again'],
  still_pending: [409, 'It is waiting to be handled already'],
});

interface Deps {
  db: Database;
  store: InboxStore;
  vault: Vault;
  audit: { record(entry: { actor: string; action: string; target: string; result: 'ok' }): Promise<void> };
  /** Every kind this version reacts to, in lower case. */
  handled: { event: string; changeType: string }[];
}

export type InboxService = ReturnType<typeof createInboxService>;

/** The inbox as people see it, and its house-keeping. */
export function createInboxService({ db, store, vault, audit, handled }: Deps) {
  async function find(id: number): Promise<InboxEvent> {
    const event = await store.byId(id);
    if (!event) throw inboxError('not_found', { id });
    return event;
  }

  return {
    /** Newest first. */
    async list({ limit, cursor, ...filters }: InboxQuery): Promise<Page<View>> {
      const parts: [string, Value][] = Object.entries(filters).flatMap(([field, value]) =>
        value === undefined ? [] : [[`${field} = ?`, value] as [string, Value]],
      );
      if (cursor) parts.push(['id < ?', counterIn(cursor)]);
      const where = parts.map(([sql]) => sql).join(' AND ') || '1 = 1';
      const rows = await db.query<InboxEvent>(
        `SELECT id, receiver, event, change_type, userid, external_userid, chat_id, state, attempts, error, stale, occurred_at, received_at, handled_at FROM inbox_event WHERE ${where} ORDER BY id DESC LIMIT ?`,
        [...parts.map(([, value]) => value), limit + 1],
      );
      return toPage(rows, limit, (row) => [Number(row.id)], viewOf);
    },

    /** With the decrypted body. @throws inbox.not_found */
    async get(id: number): Promise<z.input<typeof inboxEventDetail>> {
      const event = await find(id);
      return { ...viewOf(event), body: event.body && vault.open(event.body, bodyPlace(event.digest)) };
    },

    /** Handles an event again; effects that are there already do not happen twice. @throws inbox.body_gone, still_pending */
    async replay(id: number, actor: string): Promise<View> {
      const event = await find(id);
      if (event.state === 'pending') throw inboxError('still_pending', { id });
      if (event.body === null) throw inboxError('body_gone', { id });
      await db.transact(async () => {
        await store.reopen(event);
        await audit.record({ actor, action: 'inbox.replay', target: String(id), result: 'ok' });
      });
      return viewOf(await find(id));
    },

    /** Events that waited for a feature which has arrived are handled now. @returns how many */
    async replayArrived(): Promise<number> {
      const arrived = new Set(handled.map((kind) => `${kind.event} ${kind.changeType}`));
      const kinds = (await store.ignoredKinds()).filter((kind) =>
        arrived.has(`${kind.event} ${kind.change_type}`.toLowerCase()),
      );
      let count = 0;
      for (const kind of kinds) {
        count += await replayKind({ event: kind.event.toLowerCase(), changeType: kind.change_type.toLowerCase() });
      }
      return count;
    },

    /** A mark: every event up to it has been handled. */
    async settledThrough(): Promise<number> {
      const [waiting] = await db.query<{ id: unknown }>(
        "SELECT MIN(id) AS id FROM inbox_event WHERE state = 'pending'",
      );
      if (waiting?.id != null) return Number(waiting.id) - 1;
      const [newest] = await db.query<{ id: unknown }>('SELECT MAX(id) AS id FROM inbox_event');
      return Number(newest?.id ?? 0);
    },

    /** The subjects of events after a mark: those before it had their effect already, and explain nothing. */
    async namedSince(mark: number): Promise<Set<string>> {
      const named = new Set<string>();
      for (let rows = await eventsAfter(mark); rows.length > 0; ) {
        for (const name of rows.flatMap(subjectsOf)) named.add(name);
        rows = await eventsAfter(Number(rows.at(-1)?.id));
      }
      return named;
    },

    /** Drops bodies older than the retention. @returns how many */
    async dropOldBodies(keepDays: number): Promise<number> {
      let dropped = 0;
      for (let batch = 1; batch > 0; dropped += batch) {
        batch = await store.dropBodies(new Date(db.now().getTime() - days(keepDays)), 500);
      }
      return dropped;
    },

    /** For the metrics. */
    async backlog(): Promise<{ pending: number; parked: number; oldest_pending_seconds: number }> {
      const [pending, parked] = [await countOf('pending'), await countOf('parked')];
      const [oldest] = await db.query<{ at: unknown }>(
        "SELECT received_at AS at FROM inbox_event WHERE state = 'pending' ORDER BY id LIMIT 1",
      );
      const age = oldest ? (db.now().getTime() - toDate(oldest.at).getTime()) / 1000 : 0;
      return { pending, parked, oldest_pending_seconds: Math.max(0, Math.round(age)) };
    },

    /** When each receiver was last delivered to, as far as the newest 20,000 callbacks tell. */
    async lastReceived(): Promise<Record<string, Date | null>> {
      const last: Record<string, Date | null> = {};
      for (const receiver of ['agent', 'contacts', 'archive']) {
        const [row] = await db.query<{ at: unknown }>(
          'SELECT received_at AS at FROM inbox_event WHERE receiver = ? AND id > (SELECT MAX(id) - 20000 FROM inbox_event) ORDER BY id DESC LIMIT 1',
          [receiver],
        );
        last[receiver] = toDateOrNull(row?.at);
      }
      return last;
    },
  };

  function eventsAfter(id: number): Promise<Named[]> {
    return db.query(
      'SELECT id, event, userid, external_userid, chat_id FROM inbox_event WHERE id > ? ORDER BY id LIMIT 5000',
      [id],
    );
  }

  async function countOf(state: string): Promise<number> {
    const [row] = await db.query<{ n: unknown }>('SELECT COUNT(*) AS n FROM inbox_event WHERE state = ?', [state]);
    return Number(row?.n ?? 0);
  }

  async function replayKind(kind: { event: string; changeType: string }): Promise<number> {
    let count = 0;
    for (let rows = await store.ignoredOf(kind, 0); rows.length > 0; ) {
      const batch = rows;
      await db.transact(async () => {
        for (const row of batch) await store.reopen(row);
      });
      count += batch.length;
      rows = await store.ignoredOf(kind, batch.at(-1)?.id ?? 0);
    }
    return count;
  }
}

type Named = Pick<InboxEvent, 'id' | 'event' | 'userid' | 'external_userid' | 'chat_id'>;

/** What an event is about, spelled as the subject of a difference; tags and departments go by their family. */
const subjectsOf = ({ event, userid, external_userid, chat_id }: Named): string[] => [
  event,
  [userid, external_userid, chat_id].filter((id) => id !== null).join(' '),
];

const viewOf = (event: InboxEvent): View => ({
  id: Number(event.id),
  receiver: event.receiver as View['receiver'],
  event: event.event,
  change_type: event.change_type,
  userid: event.userid,
  external_userid: event.external_userid,
  chat_id: event.chat_id,
  state: event.state,
  attempts: event.attempts,
  error: event.error,
  stale: Boolean(event.stale),
  occurred_at: iso(toDate(event.occurred_at)),
  received_at: iso(toDate(event.received_at)),
  handled_at: isoOrNull(toDateOrNull(event.handled_at)),
});
