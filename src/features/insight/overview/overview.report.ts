import { allOf, type Condition } from '../../../db/conditions';
import { type Database, toDate, toDateOrNull } from '../../../db/database';
import type { Scope } from '../../kernel/scope';

interface Counted {
  n: number | string;
}
interface StateCount extends Counted {
  state: string;
}

const numberOf = (row: Counted | undefined): number => Number(row?.n ?? 0);
const byState = (rows: StateCount[]): Record<string, number> =>
  Object.fromEntries(rows.map((row) => [row.state, numberOf(row)]));

export type OverviewReport = ReturnType<typeof overviewReport>;

/** The figures of the overview. Every statement reads an index or a bounded number of rows. */
export const overviewReport = (db: Database) => ({ ...recordFigures(db), ...inboxFigures(db) });

function recordFigures(db: Database) {
  const count = async (from: string, within: Condition | null = null, what = '*'): Promise<number> => {
    const { where, params } = allOf(within ? [within] : []);
    const [row] = await db.query<Counted>(`SELECT COUNT(${what}) AS n FROM ${from} AND ${where}`, params);
    return numberOf(row);
  };
  return {
    /** What a viewer sees, counted; the directory and the corp tags are everybody's. */
    async records(scope: Scope) {
      const within = scope.relations('r')?.enter ?? null;
      const { where, params } = allOf(within ? [within] : []);
      const relations = await db.query<StateCount>(
        `SELECT r.state AS state, COUNT(*) AS n FROM relation r WHERE ${where} GROUP BY r.state`,
        params,
      );
      return {
        staff: await count('staff WHERE departed_at IS NULL'),
        departed_staff: await count('staff WHERE departed_at IS NOT NULL'),
        departments: await count('department WHERE deleted_at IS NULL'),
        external_contacts: within
          ? await count('relation r WHERE 1 = 1', within, 'DISTINCT r.external_userid')
          : await count('external_contact WHERE 1 = 1'),
        relations: byState(relations),
        group_chats: await count("group_chat g WHERE g.state = 'active'", scope.groupChats('g')),
        corp_tags: await count('corp_tag WHERE deleted_at IS NULL'),
      };
    },

    async differences(scope: Scope) {
      const within = scope.userid('userid');
      const { where, params } = allOf(within ? [within] : []);
      const states = byState(
        await db.query<StateCount>(
          `SELECT state, COUNT(*) AS n FROM difference WHERE state IN ('unconfirmed', 'confirmed', 'held') AND ${where}
           GROUP BY state`,
          params,
        ),
      );
      const { unconfirmed = 0, confirmed = 0, held = 0 } = states;
      return { unconfirmed, confirmed, held };
    },
  };
}

interface Arrived {
  id: number;
  at: Date;
}

function inboxFigures(db: Database) {
  const arrived = async (where: string, values: number[], limit: number): Promise<Arrived[]> => {
    const rows = await db.query<{ id: number | string; at: unknown }>(
      `SELECT id, received_at AS at FROM inbox_event ${where} LIMIT ?`,
      [...values, limit],
    );
    return rows.map(({ id, at }) => ({ id: Number(id), at: toDate(at) }));
  };
  return {
    async backlog() {
      const states = byState(
        await db.query<StateCount>(
          "SELECT state, COUNT(*) AS n FROM inbox_event WHERE state IN ('pending', 'parked') GROUP BY state",
        ),
      );
      const [oldest] = await db.query<{ at: unknown }>(
        "SELECT received_at AS at FROM inbox_event WHERE state = 'pending' ORDER BY id LIMIT 1",
      );
      const { pending = 0, parked = 0 } = states;
      return { pending, parked, oldestPendingAt: toDateOrNull(oldest?.at) };
    },

    /** Newest first. */
    newest: (limit: number) => arrived('ORDER BY id DESC', [], limit),
    before: (id: number, limit: number) => arrived('WHERE id < ? ORDER BY id DESC', [id], limit),

    /** The first event from `id` on. */
    async next(id: number): Promise<Arrived | undefined> {
      return (await arrived('WHERE id >= ? ORDER BY id', [id], 1))[0];
    },

    /** By the narrow index on state, for the rows themselves carry bodies. */
    async countFrom(id: number): Promise<number> {
      const [row] = await db.query<Counted>(
        "SELECT COUNT(*) AS n FROM inbox_event WHERE state IN ('pending', 'done', 'ignored', 'parked') AND id >= ?",
        [id],
      );
      return numberOf(row);
    },
  };
}
