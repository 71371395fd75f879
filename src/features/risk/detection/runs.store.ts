import { maskPersonal } from '../../../core/mask';
import { insertRows } from '../../../db/bulk';
import { type Database, toDate } from '../../../db/database';
import type { DetectorRun } from './detector-run.entity';

/** What came of looking. */
export interface Looked {
  detector: string;
  startedAt: Date;
  lookedAt: number;
  found: number;
  unseen?: Readonly<Record<string, number>>;
  fault?: string;
}

export type DetectorRunStore = ReturnType<typeof createDetectorRunStore>;

/** How detectors did. */
export function createDetectorRunStore(db: Database) {
  return {
    async add({ detector, startedAt, lookedAt, found, unseen = {}, fault }: Looked): Promise<void> {
      const columns = ['detector', 'started_at', 'ended_at', 'looked_at', 'found', 'unseen', 'fault'];
      const row = [
        detector,
        startedAt,
        db.now(),
        lookedAt,
        found,
        JSON.stringify(unseen),
        fault === undefined ? null : maskPersonal(fault).slice(0, 500),
      ];
      await insertRows(db, { table: 'detector_run', columns }, [row]);
    },

    /** The last one of each that came to an end without a fault. */
    async lastGood(): Promise<ReadonlyMap<string, Date>> {
      const rows = await db.query<{ detector: string; at: unknown }>(
        'SELECT detector, MAX(started_at) AS at FROM detector_run WHERE fault IS NULL GROUP BY detector',
      );
      return new Map(rows.map(({ detector, at }) => [detector, toDate(at)]));
    },

    /** The last one of each, whatever came of it. */
    async last(): Promise<(Omit<DetectorRun, 'ended_at'> & { ended_at: Date })[]> {
      const rows = await db.query<DetectorRun>(
        'SELECT * FROM detector_run WHERE id IN (SELECT MAX(id) FROM detector_run GROUP BY detector)',
      );
      return rows.map((row) => ({ ...row, ended_at: toDate(row.ended_at) }));
    },

    purge: (before: Date): Promise<number> => db.execute('DELETE FROM detector_run WHERE ended_at < ?', [before]),
  };
}
