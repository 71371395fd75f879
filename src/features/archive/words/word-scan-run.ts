import type { Database } from '../../../db/database';
import { actorOf } from '../../../http/permissions';
import type { Runs, RunView } from '../../../jobs';
import type { AuditService } from '../../kernel/audit';
import type { Looking, MessageReader } from '../conversations';
import type { WordScan } from './word-scan';
import type { StartWordScan } from './words.schema';

const kind = 'archive-word-scan';
/** Messages to a step: one transaction. */
const step = 500;

interface Deps {
  db: Database;
  runs: Runs;
  audit: Pick<AuditService, 'record'>;
  reader: Pick<MessageReader, 'read'>;
  scan: Pick<WordScan, 'scanAgain'>;
}

interface Checkpoint {
  after: number;
  done: number;
  hits: number;
}

export type WordScanRuns = ReturnType<typeof createWordScanRuns>;

/** The run that scans messages of a time by the lists of now: a changed list looks ahead, this looks back. */
export function createWordScanRuns({ db, runs, audit, reader, scan }: Deps) {
  async function next({ from, to }: StartWordScan, after: number): Promise<number[]> {
    const rows = await db.query<{ id: number | string }>(
      'SELECT id FROM archive_message WHERE id > ? AND sent_at >= ? AND sent_at < ? ORDER BY id LIMIT ?',
      [after, new Date(from), new Date(to), step],
    );
    return rows.map(({ id }) => Number(id));
  }

  async function count({ from, to }: StartWordScan): Promise<number> {
    const sql = 'SELECT COUNT(*) AS n FROM archive_message WHERE sent_at >= ? AND sent_at < ?';
    const [row] = await db.query<{ n: unknown }>(sql, [new Date(from), new Date(to)]);
    return Number(row?.n);
  }

  runs.define<StartWordScan, Checkpoint, { looked_at: number; hits: number }>(kind, {
    exclusive: true,
    async execute({ params, checkpoint, signal, save }) {
      const total = await count(params);
      let at = checkpoint ?? { after: 0, done: 0, hits: 0 };
      for (let ids = await next(params, at.after); ids.length > 0; ids = await next(params, at.after)) {
        signal.throwIfAborted();
        const stored = await reader.read(ids);
        const done = at.done + ids.length;
        const after = ids.at(-1) as number;
        at = await db.transact(async () => {
          const reached = { after, done, hits: at.hits + (await scan.scanAgain(stored)) };
          await save(reached, { done, total: Math.max(total, done) });
          return reached;
        });
      }
      return { looked_at: at.done, hits: at.hits };
    },
  });

  return {
    /** @throws run.in_progress */
    start: (range: StartWordScan, { viewer, address }: Looking): Promise<RunView> =>
      db.transact(async () => {
        const run = await runs.start(kind, range, viewer.name);
        const act = { actor: actorOf(viewer), action: 'word_list.scan_started', target: `run:${run.id}` };
        await audit.record({ ...act, result: 'ok', address, detail: range });
        return run;
      }),
  };
}
