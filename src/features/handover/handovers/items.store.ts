import { chunksOf, groupBy } from '../../../core/collections';
import { insertRows } from '../../../db/bulk';
import { allOf, type Condition, isIn } from '../../../db/conditions';
import type { Database, Value } from '../../../db/database';
import type { ItemKind } from './handovers.entity';
import { handoverError } from './handovers.errors';
import { createItemFacts } from './item-facts';
import {
  assignments,
  type Cause,
  type Item,
  type NewItem,
  type Outcome,
  pairKey,
  type Submitted,
  toItem,
} from './item-rows';

export type ItemStore = ReturnType<typeof createItemStore>;

/** The items of handovers, and the lines of what happened to them. Everything that writes is called inside a transaction. */
export function createItemStore(db: Database) {
  async function addSteps(
    items: readonly Pick<Item, 'id' | 'to_staff_id'>[],
    outcome: Outcome,
    { callId, actor }: Cause,
  ): Promise<void> {
    const columns = ['item_id', 'kind', 'to_staff_id', 'call_id', 'errcode', 'at', 'actor', 'detail'];
    const detail = outcome.detail ? JSON.stringify(outcome.detail) : null;
    const errcode = outcome.errcode ?? null;
    await insertRows(
      db,
      { table: 'handover_step', columns },
      items.map(({ id, to_staff_id }) => [
        ...[id, outcome.step, outcome.to ?? to_staff_id, callId ?? null, errcode, db.now(), actor ?? null, detail],
      ]),
    );
  }

  /** @throws handover.version_conflict when somebody else moved one of them meanwhile */
  async function move(items: readonly Item[], outcome: Outcome): Promise<void> {
    const { set, params } = assignments(outcome, db.now());
    for (const [state, alike] of groupBy(items, (item) => item.state)) {
      for (const chunk of chunksOf(alike, 500)) {
        const [among, ...ids] = isIn(
          'id',
          chunk.map(({ id }) => id),
        );
        const sql = `UPDATE handover_item SET ${set} WHERE ${among} AND state = ?`;
        const moved = await db.execute(sql, [...params, ...ids, state]);
        if (moved !== chunk.length) throw handoverError('version_conflict');
      }
    }
  }

  return {
    ...createItemFacts(db),

    /** @param conditions on `i`, the item */
    where(conditions: readonly Condition[], { order = 'i.id', limit }: { order?: string; limit?: number } = {}) {
      const { where, params } = allOf(conditions);
      const sql = `SELECT i.*, f.userid AS from_userid, t.userid AS to_userid, f.departed_at AS departed_at
        FROM handover_item i JOIN staff f ON f.id = i.from_staff_id LEFT JOIN staff t ON t.id = i.to_staff_id
        WHERE ${where} ORDER BY ${order}${limit === undefined ? '' : ' LIMIT ?'}`;
      const all: Value[] = limit === undefined ? params : [...params, limit];
      return db.query<Item>(sql, all).then((rows) => rows.map(toItem));
    },

    /** Of those that are in it already, who gets them and why is what changes. */
    async put(handoverId: string, items: readonly NewItem[]): Promise<void> {
      const decided = ['to_staff_id', 'second_staff_id', 'because', 'warnings', 'updated_at'];
      const keys = ['handover_id', 'kind', 'from_staff_id', 'subject_id'];
      const columns = [...keys, ...decided, 'state', 'pair_key', 'attempt', 'carry_tries'];
      await insertRows(
        db,
        { table: 'handover_item', columns, onConflict: { keys, update: decided } },
        items.map((item) => [
          ...[handoverId, item.kind, item.from_staff_id, item.subject_id, item.to_staff_id, item.second_staff_id],
          ...[JSON.stringify(item.because), JSON.stringify(item.warnings), db.now()],
          ...['planned', pairKey(item), 0, 0],
        ]),
      );
    },

    /** Moves each item to what becomes of it, and writes the lines. */
    async settle(settled: readonly { item: Item; outcome: Outcome }[], cause: Cause = {}): Promise<void> {
      const alike = groupBy(settled, ({ outcome }) => JSON.stringify(outcome));
      for (const group of alike.values()) {
        const [first] = group;
        if (!first) continue;
        const items = group.map(({ item }) => item);
        await move(items, first.outcome);
        await addSteps(items, first.outcome, cause);
      }
    },

    addSteps,

    /** @returns how many of them were still planned for this successor, and are submitted now */
    async submit(ids: readonly number[], { id, toStaffId, resigned }: Submitted): Promise<number> {
      const [sql, ...params] = isIn('id', ids);
      return db.execute(
        `UPDATE handover_item SET state = 'submitted', active_key = pair_key, call_id = ?, resigned = ?,
         submitted_at = ?, errcode = NULL, reason = NULL, not_before = NULL, updated_at = ?
         WHERE ${sql} AND state = 'planned' AND to_staff_id = ?`,
        [id, resigned, db.now(), db.now(), ...params, toStaffId],
      );
    },

    /** By hand. What to mind of the new successor is not worked out here. */
    async assign(ids: readonly number[], to: string | null): Promise<void> {
      for (const chunk of chunksOf(ids, 500)) {
        const [sql, ...params] = isIn('id', chunk);
        await db.execute(
          `UPDATE handover_item SET to_staff_id = ?, because = ?, updated_at = ?,
             second_staff_id = CASE WHEN second_staff_id = ? THEN NULL ELSE second_staff_id END
           WHERE ${sql} AND state = 'planned'`,
          [to, '["by_hand"]', db.now(), to, ...params],
        );
      }
    },

    /** @param warnings of each item, as JSON */
    async warn(warned: readonly { id: number; warnings: string }[]): Promise<void> {
      for (const [warnings, alike] of groupBy(warned, (one) => one.warnings)) {
        for (const chunk of chunksOf(alike, 500)) {
          const [sql, ...params] = isIn(
            'id',
            chunk.map(({ id }) => id),
          );
          await db.execute(`UPDATE handover_item SET warnings = ? WHERE ${sql}`, [warnings, ...params]);
        }
      }
    },

    /** All that has not gone out, whatever a run does meanwhile. @returns how many */
    async holdBack(handoverId: string, cause: Cause = {}): Promise<number> {
      const at = db.now();
      await db.execute(
        `UPDATE handover_item SET state = 'cancelled', settled_at = ?, updated_at = ?, not_before = NULL
         WHERE handover_id = ? AND state = 'planned'`,
        [at, at, handoverId],
      );
      const held = await db.query<Pick<Item, 'id' | 'to_staff_id'>>(
        "SELECT id, to_staff_id FROM handover_item WHERE handover_id = ? AND state = 'cancelled' AND settled_at = ?",
        [handoverId, at],
      );
      await addSteps(held, { state: 'cancelled', step: 'cancelled' }, cause);
      return held.length;
    },

    /** What was left out of a draft: once it goes out, nobody puts it back any more. */
    async forget(handoverId: string): Promise<void> {
      await db.execute("DELETE FROM handover_item WHERE handover_id = ? AND state = 'cancelled'", [handoverId]);
    },

    /** When WeCom is to be asked about them next. */
    async askAt(ids: readonly number[], at: Date): Promise<void> {
      for (const chunk of chunksOf(ids, 500)) {
        const [sql, ...params] = isIn('id', chunk);
        await db.execute(`UPDATE handover_item SET ask_at = ? WHERE ${sql} AND state = 'waiting'`, [at, ...params]);
      }
    },

    /** WeCom asks to wait: nothing of the kind goes out before. */
    async putOff(handoverId: string, kind: ItemKind, until: Date): Promise<void> {
      await db.execute(
        `UPDATE handover_item SET not_before = ? WHERE handover_id = ? AND kind = ? AND state = 'planned'
         AND to_staff_id IS NOT NULL AND (not_before IS NULL OR not_before < ?)`,
        [until, handoverId, kind, until],
      );
    },

    /** Whoever waits for others on the way to a second choice waits no longer. */
    async hurry(handoverId: string): Promise<void> {
      await db.execute(
        `UPDATE handover_item SET not_before = NULL
         WHERE handover_id = ? AND state = 'planned' AND not_before IS NOT NULL AND 'second_candidate' =
           (SELECT p.kind FROM handover_step p WHERE p.item_id = handover_item.id ORDER BY p.id DESC LIMIT 1)`,
        [handoverId],
      );
    },

    /** They arrived: what goes along is next. */
    async awaitCarrying(ids: readonly number[]): Promise<void> {
      const [sql, ...params] = isIn('id', ids);
      await db.execute(`UPDATE handover_item SET carry = 'pending', carry_at = ? WHERE ${sql}`, [db.now(), ...params]);
    },

    /** Not a try: it is not its turn yet. */
    async carryAt(id: number, at: Date): Promise<void> {
      await db.execute('UPDATE handover_item SET carry_at = ? WHERE id = ?', [at, id]);
    },

    async carried(id: number, carry: 'pending' | 'done' | 'failed', at: Date): Promise<void> {
      await db.execute('UPDATE handover_item SET carry = ?, carry_at = ?, carry_tries = carry_tries + 1 WHERE id = ?', [
        ...[carry, at, id],
      ]);
    },
  };
}
