import type { Database } from '../../../db/database';
import type { Runs } from '../../../jobs';
import type { SearchIndex } from './message-index';

const kind = 'archive-index';
/** Messages to a step: one transaction. */
const step = 500;

interface Checkpoint {
  after: number;
  done: number;
}

/** The run that indexes what is not indexed: after a restore, and when the index is switched on. */
export function createIndexRun({ db, runs, index }: { db: Database; runs: Runs; index: SearchIndex }) {
  async function next(after: number): Promise<number[]> {
    const rows = await db.query<{ id: number | string }>(
      'SELECT id FROM archive_message WHERE id > ? ORDER BY id LIMIT ?',
      [after, step],
    );
    return rows.map(({ id }) => Number(id));
  }

  runs.define<Record<string, never>, Checkpoint, { looked_at: number }>(kind, {
    exclusive: true,
    async execute({ checkpoint, signal, save }) {
      const { messages } = await index.counts();
      let { after, done } = checkpoint ?? { after: 0, done: 0 };
      for (let ids = await next(after); ids.length > 0; ids = await next(after)) {
        signal.throwIfAborted();
        const write = await index.prepareMissing(ids);
        after = ids.at(-1) as number;
        done += ids.length;
        await save({ after, done }, { done, total: Math.max(messages, done) }, write);
      }
      return { looked_at: done };
    },
  });

  return {
    /** At the start of a worker: the index is brought to where the settings want it. */
    async begin(): Promise<void> {
      if (!index.isKept) return index.clear();
      const { messages, indexed } = await index.counts();
      if (messages === indexed) return;
      const under = await runs.list({ kind, limit: 1 });
      if (under.items.some(({ state }) => state === 'queued' || state === 'running')) return;
      await runs.start(kind, {}, 'start');
    },
  };
}
