import type { Condition } from '../../../db/conditions';
import type { Database } from '../../../db/database';
import type { IndexQuery } from './index-port';
import { rangeOf, windowOf } from './windows';

/** Ids of candidates in one window, newest first. */
export type Candidates = (query: Pick<IndexQuery, 'from' | 'below' | 'limit'>) => Promise<number[]>;

/** The rows themselves, where no word is asked for or no index answers. */
export const rowsOf =
  (db: Database, where: Condition | null): Candidates =>
  async ({ from, below, limit }) => {
    const [also, ...params] = where ?? ['1 = 1'];
    const rows = await db.query<{ id: number | string }>(
      `SELECT m.id AS id FROM archive_message m WHERE m.id >= ? AND m.id < ? AND ${also} ORDER BY m.id DESC LIMIT ?`,
      [from, below, ...params, limit],
    );
    return rows.map(({ id }) => Number(id));
  };

interface Walk<T> {
  candidates: Candidates;
  /** Of these candidates, those that are hits, in their order. */
  confirm(ids: number[]): Promise<{ id: number; hit: T }[]>;
  /** Hits wanted. */
  limit: number;
  /** Candidates asked for at once. */
  atOnce: number;
  below: number;
  /** Windows that hold none. */
  without: ReadonlySet<number>;
}

/** What one request may cost: beyond it the page ends, and its cursor goes on from there. */
const most = { windows: 256, candidates: 2000 };

type Step = { ids: number[]; next: number };

/**
 * Stretches of candidates, the newest first, and below which id each leads on: 1 is below all. Whoever looks at them
 * asks the database several times, so few from many windows are looked at together.
 */
async function* stretches({ candidates, atOnce, below, without }: Omit<Walk<unknown>, 'confirm' | 'limit'>) {
  const spent = { windows: 0, candidates: 0 };
  let [at, ids]: [number, number[]] = [below, []];
  while (at > 1 && spent.windows < most.windows && spent.candidates < most.candidates) {
    const window = windowOf(at - 1);
    const [from] = rangeOf(window);
    const wanted = atOnce - ids.length;
    const found = without.has(window) ? [] : await candidates({ from, below: at, limit: wanted });
    const isEnd = found.length < wanted;
    at = isEnd ? Math.max(from, 1) : (found.at(-1) as number);
    spent.windows += Number(isEnd);
    spent.candidates += found.length;
    ids.push(...found);
    if (isEnd) continue;
    yield { ids, next: at } satisfies Step;
    ids = [];
  }
  yield { ids, next: at } satisfies Step;
}

/**
 * Walks from the newest message back, one window after the other, until there are enough hits.
 * @returns the hits, and below which id the next page begins; null: there is none
 */
export async function walk<T>({ confirm, limit, ...way }: Walk<T>) {
  const hits: { id: number; hit: T }[] = [];
  let next = 1;
  for await (const step of stretches(way)) {
    if (step.ids.length > 0) hits.push(...(await confirm(step.ids)));
    const last = hits[limit - 1];
    if (last && hits.length > limit) return { hits: hits.slice(0, limit), next: last.id };
    next = step.next;
  }
  return { hits, next: next > 1 ? next : null };
}
