import { days, hours } from '../../../core/clock';
import { allOf, type Condition } from '../../../db/conditions';
import { type Database, toDate } from '../../../db/database';
import type { DetectorView } from './desk.schema';

/** What each detector is, by its code. */
export type Catalogue = readonly Pick<DetectorView, 'detector' | 'by'>[];

interface Decided {
  detector: string;
  state: string;
  reason: string | null;
  n: unknown;
}

interface Ran {
  detector: string;
  last_at: unknown;
  looked_at: unknown;
}

/** What is told of the judging of messages stands under this name. */
const ofMessages = 'messages';
const keptDays = 90;

/** How each detector does: when it last ran, what it could not see, and how often it was wrong (WCM-03). */
export async function detectorsReport(
  db: Database,
  catalogue: Catalogue,
  visible: readonly Condition[],
): Promise<DetectorView[]> {
  const decided = await decidedBy(db, visible);
  const ran = new Map((await runsSince(db)).map((row) => [row.detector, row]));
  const last = new Map((await lastRuns(db)).map((row) => [row.detector, row]));
  return catalogue.map(({ detector, by }) => {
    const name = by === 'messages' ? ofMessages : detector;
    const run = ran.get(name);
    const latest = last.get(name);
    return {
      ...{ detector, by, last_run_at: latest ? toDate(latest.ended_at).toISOString() : null },
      ...{ looked_at: Number(run?.looked_at ?? 0), unseen: JSON.parse(latest?.unseen ?? '{}') },
      ...{ fault: latest?.fault ?? null, ...outcomesOf(decided.filter((row) => row.detector === detector)) },
    };
  });
}

async function decidedBy(db: Database, visible: readonly Condition[]): Promise<Decided[]> {
  const since = new Date(db.now().getTime() - days(keptDays));
  const { where, params } = allOf([['f.detected_at >= ?', since], ...visible]);
  return db.query<Decided>(
    `SELECT f.detector, c.state, s.reason, COUNT(*) AS n FROM finding f
     JOIN finding_case c ON c.finding_id = f.id
     LEFT JOIN finding_step s ON s.id = (SELECT MAX(id) FROM finding_step WHERE finding_id = f.id)
     WHERE ${where} GROUP BY f.detector, c.state, s.reason`,
    params,
  );
}

const runsSince = (db: Database): Promise<Ran[]> =>
  db.query<Ran>(
    'SELECT detector, MAX(ended_at) AS last_at, SUM(looked_at) AS looked_at FROM detector_run WHERE ended_at >= ? GROUP BY detector',
    [new Date(db.now().getTime() - hours(24))],
  );

const lastRuns = (
  db: Database,
): Promise<{ detector: string; ended_at: unknown; unseen: string; fault: string | null }[]> =>
  db.query('SELECT * FROM detector_run WHERE id IN (SELECT MAX(id) FROM detector_run GROUP BY detector)');

function outcomesOf(rows: readonly Decided[]) {
  const sum = (which: (row: Decided) => boolean) => rows.filter(which).reduce((all, { n }) => all + Number(n), 0);
  const [confirmed, cleared] = [sum(({ state }) => state === 'confirmed'), sum(({ state }) => state === 'cleared')];
  const wrong = sum(({ state, reason }) => state === 'cleared' && reason === 'false_positive');
  const settled = confirmed + cleared;
  return {
    ...{ found: sum(() => true), open: sum(({ state }) => state !== 'confirmed' && state !== 'cleared') },
    ...{ confirmed, cleared, false_positives: wrong },
    false_positive_rate: settled === 0 ? null : wrong / settled,
  };
}
