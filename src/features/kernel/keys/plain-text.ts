import type { Database } from '../../../db/database';
import type { Runs } from '../../../jobs';

/** Rows of a table that an older version wrote in plain text. */
export interface PlainRows {
  name: string;
  /** Seals the next of them, after the given key. Runs inside `transact`. @returns the last key looked at; null: none left */
  sealNext(after: string): Promise<string | null>;
}

interface Deps {
  db: Database;
  runs: Runs;
  tables: PlainRows[];
}

interface Checkpoint {
  at: number;
  after: string;
}

const kind = 'personal-data-sealing';

/** Seals what an older version stored in plain text: once, in steps, beside everything else. */
export function createPlainTextSealing({ db, runs, tables }: Deps) {
  runs.define<Record<string, string>, Checkpoint, null>(kind, {
    exclusive: true,
    async execute({ checkpoint, save }) {
      let now = checkpoint ?? { at: 0, after: '' };
      for (let table = tables[now.at]; table; table = tables[now.at]) {
        const { name, sealNext } = table;
        const { at, after } = now;
        const next = await db.transact(() => sealNext(after));
        now = next === null ? { at: at + 1, after: '' } : { at, after: next };
        await save(now, { done: now.at, total: tables.length, phase: name });
      }
      await db.execute('UPDATE deployment SET sealed_at = ? WHERE sealed_at IS NULL', [db.now()]);
      return null;
    },
  });

  return {
    /** Starts it where there is something left to seal, and nobody has yet. */
    async start(): Promise<void> {
      const [left] = await db.query('SELECT corp_id FROM deployment WHERE sealed_at IS NULL');
      if (!left) return;
      const { items } = await runs.list({ kind, limit: 1 });
      if (items.some(({ state }) => state === 'queued' || state === 'running')) return;
      await runs.start(kind, {}, 'upgrade');
    },
  };
}
