import { inChunks } from '../../../db/bulk';
import { isIn } from '../../../db/conditions';
import type { Database } from '../../../db/database';
import { successorsFault } from './advice';
import type { ItemState } from './handovers.entity';
import type { Item } from './item-rows';

/** What can be read off the items of handovers. */
export function createItemFacts(db: Database) {
  return {
    /** Of these, whom the successor they are now for has failed to take over before. */
    async triedBefore(among: readonly Item[]): Promise<Set<number>> {
      const rows = await inChunks(
        among.map(({ id }) => id),
        (chunk) => {
          const [sql, ...ids] = isIn('i.id', chunk);
          return db.query<{ id: unknown }>(
            `SELECT DISTINCT i.id FROM handover_item i JOIN handover_step p ON p.item_id = i.id
             WHERE ${sql} AND p.to_staff_id = i.to_staff_id AND p.kind IN ('refused', 'over_limit')`,
            ids,
          );
        },
      );
      return new Set(rows.map(({ id }) => Number(id)));
    },

    /** Those of the keys that are on their way in some handover. */
    async active(keys: readonly string[]): Promise<Set<string>> {
      const rows = await inChunks([...keys], (chunk) => {
        const [sql, ...params] = isIn('active_key', chunk);
        return db.query<{ active_key: string }>(`SELECT active_key FROM handover_item WHERE ${sql}`, params);
      });
      return new Set(rows.map(({ active_key }) => active_key));
    },

    /** Whom WeCom did not accept as a successor in this handover, and second choices who have left. */
    async unfit(handoverId: string): Promise<Set<string>> {
      const [sql, ...codes] = isIn('p.errcode', successorsFault);
      const rows = await db.query<{ id: string }>(
        `SELECT DISTINCT p.to_staff_id AS id FROM handover_item i JOIN handover_step p ON p.item_id = i.id
         WHERE i.handover_id = ? AND p.kind = 'not_accepted' AND ${sql}
         UNION SELECT s.id FROM handover_item i JOIN staff s ON s.id = i.second_staff_id
         WHERE i.handover_id = ? AND s.departed_at IS NOT NULL`,
        [handoverId, ...codes, handoverId],
      );
      return new Set(rows.map(({ id }) => id));
    },

    async countByState(handoverId: string): Promise<Partial<Record<ItemState, number>>> {
      const rows = await db.query<{ state: ItemState; n: unknown }>(
        'SELECT state, COUNT(*) AS n FROM handover_item WHERE handover_id = ? GROUP BY state',
        [handoverId],
      );
      return Object.fromEntries(rows.map(({ state, n }) => [state, Number(n)]));
    },
  };
}
