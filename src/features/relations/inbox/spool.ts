import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type BetterSqlite from 'better-sqlite3';
import { messageOf } from '../../../core/errors';
import { failpoint } from '../../../core/failpoints';
import type { Logger } from '../../../core/logger';
import type { NewInboxEvent } from './arrival';

/** Where callbacks wait while the database is away (I9): a small SQLite file of this machine. */
export interface Spool {
  /** Durable when it returns. @throws when the disk refuses */
  add(events: NewInboxEvent[]): void;
  /** The oldest events, in order of arrival. */
  oldest(limit: number): { id: number; event: NewInboxEvent }[];
  remove(throughId: number): void;
  depth(): number;
  close(): void;
}

/** @returns undefined when SQLite is not built here: then the database must be there for callbacks to be accepted */
export function openSpool(dataDir: string, logger: Logger): Spool | undefined {
  try {
    return sqliteSpool(dataDir);
  } catch (error) {
    logger.warn('no spool: callbacks are refused while the database is away', { error: messageOf(error) });
    return undefined;
  }
}

function sqliteSpool(dataDir: string): Spool {
  const Sqlite = require('better-sqlite3') as typeof BetterSqlite;
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const db = new Sqlite(join(dataDir, 'spool.db'));
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.pragma('busy_timeout = 1000');
  db.exec('CREATE TABLE IF NOT EXISTS spool (id INTEGER PRIMARY KEY AUTOINCREMENT, event TEXT NOT NULL)');
  const insert = db.prepare('INSERT INTO spool (event) VALUES (?)');
  const insertAll = db.transaction((events: NewInboxEvent[]) => {
    for (const event of events) insert.run(JSON.stringify(event));
  });
  const select = db.prepare<[number], { id: number; event: string }>('SELECT id, event FROM spool ORDER BY id LIMIT ?');
  const remove = db.prepare('DELETE FROM spool WHERE id <= ?');
  const count = db.prepare<[], { n: number }>('SELECT COUNT(*) AS n FROM spool');
  return {
    add: (events) => void insertAll(events),
    oldest: (limit) => select.all(limit).map(({ id, event }) => ({ id, event: revive(event) })),
    remove: (throughId) => void remove.run(throughId),
    depth: () => count.get()?.n ?? 0,
    close: () => void db.close(),
  };
}

function revive(text: string): NewInboxEvent {
  const event = JSON.parse(text);
  return { ...event, occurred_at: new Date(event.occurred_at), received_at: new Date(event.received_at) };
}

/** Moves what the spool holds into the inbox, oldest first; an event that is there already leaves no second trace. */
export function createSpoolDrain(deps: {
  spool: Spool;
  insert(events: NewInboxEvent[]): Promise<void>;
  logger: Logger;
}) {
  const { spool, insert, logger } = deps;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let moving: Promise<void> = Promise.resolve();

  async function move(): Promise<void> {
    for (let rows = spool.oldest(200); rows.length > 0 && !stopped; rows = spool.oldest(200)) {
      await insert(rows.map((row) => row.event));
      failpoint('spool.moved');
      spool.remove(rows.at(-1)?.id ?? 0);
      failpoint('spool.removed');
    }
  }

  function tick(): void {
    moving = move().catch((error: unknown) => {
      logger.warn('the spool waits for the database', { error: messageOf(error), callbacks: spool.depth() });
    });
    void moving.then(() => {
      if (!stopped) timer = setTimeout(tick, 1000);
    });
  }

  return {
    start: tick,
    async stop(): Promise<void> {
      stopped = true;
      clearTimeout(timer);
      await moving;
      spool.close();
    },
  };
}
