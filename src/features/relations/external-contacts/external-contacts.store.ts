import { newId } from '../../../core/ids';
import type { Vault } from '../../../core/vault';
import { inChunks, insertRows } from '../../../db/bulk';
import { allOf, type Condition, isIn } from '../../../db/conditions';
import { type Database, placeholders, toDate, toDateOrNull, type Value } from '../../../db/database';
import { contactFields, editableFields, relationFields } from './columns';
import type { ExternalContact, Relation, RelationState, RelationTag } from './external-contacts.entity';
import { type Fact, type FactKind, type Folded, factKinds } from './facts';
import { createHistoryWriter, type NewHistory } from './history';
import type { Origin } from './observation';
import { openContact, openRelation, phoneHashes, sealContact, sealRelation } from './personal';

const values = <T extends object>(row: T, fields: readonly (keyof T)[]): Value[] => fields.map((f) => row[f] as Value);

export type RelationStore = ReturnType<typeof createRelationStore>;

/** Hears of every line of the history, in the transaction that adds it. */
export type TellHistory = (entries: NewHistory[], origin: Origin) => Promise<void>;

interface Deps {
  db: Database;
  vault: Vault;
  tell?: TellHistory;
}

/**
 * The tables of external contacts and relations in bulk SQL, what is personal sealed on the way in and opened on the
 * way out. Every write belongs inside `transact`.
 */
export function createRelationStore({ db, vault, tell }: Deps) {
  const history = createHistoryWriter({ db, vault });
  const toRelation = (row: Relation): Relation => openRelation(vault, withInstants(row));
  const relationsWhere = async (condition: string, params: Value[]): Promise<Relation[]> => {
    const rows = await db.query<Relation>(`SELECT * FROM relation WHERE ${condition}`, params);
    return rows.map(toRelation);
  };

  const insertPhones = (rows: Relation[]) =>
    insertRows(
      db,
      { table: 'relation_phone', columns: ['relation_id', 'phone_hash'] },
      rows.flatMap((row) => phoneHashes(vault, row).map((hash) => [row.id, hash])),
    );

  return {
    /** A row of `relation` as a query gives it. */
    toRelation,

    contacts: (ids: string[]): Promise<ExternalContact[]> =>
      inChunks(ids, async (chunk) => {
        const sql = `SELECT * FROM external_contact WHERE external_userid IN (${placeholders(chunk.length)})`;
        return (await db.query<ExternalContact>(sql, chunk)).map((row) => openContact(vault, toContact(row)));
      }),

    /** @param within what is wanted of `relation`; everything when not given */
    relationsOfContacts: (ids: string[], within?: Condition): Promise<Relation[]> =>
      inChunks(ids, (chunk) => {
        const { where, params } = allOf([isIn('external_userid', chunk), ...(within ? [within] : [])]);
        return relationsWhere(where, params);
      }),

    /** All, or those that nobody has touched since `before`. */
    relationsOfStaff: (staffId: string, states: readonly RelationState[], before?: Date): Promise<Relation[]> =>
      relationsWhere(`${ofStaff(states)}${before ? ' AND updated_at < ?' : ''}`, [
        staffId,
        ...states,
        ...(before ? [before] : []),
      ]),

    relationsIn: (state: RelationState): Promise<Relation[]> => relationsWhere('state = ?', [state]),

    async countOfStaff(staffId: string, states: readonly RelationState[]): Promise<number> {
      const sql = `SELECT COUNT(*) AS count FROM relation WHERE ${ofStaff(states)}`;
      const [row] = await db.query<{ count: number | string }>(sql, [staffId, ...states]);
      return Number(row?.count);
    },

    async pair(staffId: string, externalUserid: string): Promise<Relation | undefined> {
      const [found] = await relationsWhere('external_userid = ? AND staff_id = ?', [externalUserid, staffId]);
      return found;
    },

    tags: (relationIds: string[]): Promise<RelationTag[]> =>
      inChunks(relationIds, (chunk) =>
        db.query<RelationTag>(`SELECT * FROM relation_tag WHERE relation_id IN (${placeholders(chunk.length)})`, chunk),
      ),

    async facts(relationId: string): Promise<Fact[]> {
      const rows = await db.query<{ kind: FactKind; occurred_at: unknown }>(
        `SELECT kind, occurred_at FROM relation_history WHERE relation_id = ? AND kind IN (${placeholders(factKinds.length)}) ORDER BY id`,
        [relationId, ...factKinds],
      );
      return rows.map(({ kind, occurred_at }) => ({ kind, occurred_at: toDate(occurred_at) }));
    },

    /** Those of the relations of which we wrote something ourselves after `since`: no event tells of that (R1). */
    async writtenByUs(relationIds: string[], since: Date): Promise<Set<string>> {
      const rows = await inChunks(relationIds, (chunk) => {
        const { where, params } = allOf([
          isIn('relation_id', chunk),
          ["source = 'own_write'"],
          ['recorded_at > ?', since],
        ]);
        return db.query<{ relation_id: string }>(`SELECT relation_id FROM relation_history WHERE ${where}`, params);
      });
      return new Set(rows.map(({ relation_id }) => relation_id));
    },

    /** Takes the row's lock, so that two who fold the same history do it one after the other. */
    lock: (relationId: string) => db.execute('UPDATE relation SET updated_at = ? WHERE id = ?', [db.now(), relationId]),

    insertContacts: (rows: ExternalContact[]) =>
      insertRows(
        db,
        {
          table: 'external_contact',
          columns: [...contactFields],
          onConflict: { keys: ['external_userid'], update: contactFields.filter((f) => !contactKeys.has(f)) },
        },
        rows.map((row) => values(sealContact(vault, row), contactFields)),
      ),

    async insertRelations(rows: Relation[]): Promise<void> {
      const sealed = rows.map((row) => values(sealRelation(vault, row), relationFields));
      await insertRows(db, { table: 'relation', columns: [...relationFields] }, sealed);
      await insertPhones(rows);
    },

    async updateEditable(rows: Relation[]): Promise<void> {
      const set = editableFields.map((field) => `${field} = ?`).join(', ');
      for (const row of rows) {
        const sealed = values(sealRelation(vault, row), editableFields);
        await db.execute(`UPDATE relation SET ${set} WHERE id = ?`, [...sealed, row.id]);
        await db.execute('DELETE FROM relation_phone WHERE relation_id = ?', [row.id]);
      }
      await insertPhones(rows);
    },

    setFolded: (relationId: string, { state, spell, started_at, ended_at }: Folded) =>
      db.execute(
        'UPDATE relation SET state = ?, spell = ?, started_at = ?, ended_at = ?, absent_since = NULL, updated_at = ? WHERE id = ?',
        [state, spell, started_at, ended_at, db.now(), relationId],
      ),

    reassign: (relationId: string, staffId: string) =>
      db.execute('UPDATE relation SET staff_id = ?, updated_at = ? WHERE id = ?', [staffId, db.now(), relationId]),

    /** Only for a pair that was stored twice; its history stays. */
    async removeRelation(relationId: string): Promise<void> {
      await db.execute('DELETE FROM relation_tag WHERE relation_id = ?', [relationId]);
      await db.execute('DELETE FROM relation_phone WHERE relation_id = ?', [relationId]);
      await db.execute('DELETE FROM relation WHERE id = ?', [relationId]);
    },

    async setAbsent(relationIds: string[], since: Date | null): Promise<void> {
      await inChunks(relationIds, async (chunk) => {
        await db.execute(
          `UPDATE relation SET absent_since = ?, updated_at = ? WHERE id IN (${placeholders(chunk.length)})`,
          [since, db.now(), ...chunk],
        );
        return [];
      });
    },

    insertTags: (rows: RelationTag[]) =>
      insertRows(
        db,
        {
          table: 'relation_tag',
          columns: ['relation_id', 'tag_key', 'type', 'name', 'group_name'],
          onConflict: { keys: ['relation_id', 'tag_key'], update: ['type', 'name', 'group_name'] },
        },
        rows.map((row) => [row.relation_id, row.tag_key, row.type, row.name, row.group_name]),
      ),

    async deleteTags(rows: { relation_id: string; tag_key: string }[]): Promise<void> {
      for (const { relation_id, tag_key } of rows) {
        await db.execute('DELETE FROM relation_tag WHERE relation_id = ? AND tag_key = ?', [relation_id, tag_key]);
      }
    },

    async addHistory(entries: NewHistory[], origin: Origin): Promise<void> {
      await history.add(entries, origin);
      if (entries.length > 0) await tell?.(entries, origin);
    },
  };
}

const ofStaff = (states: readonly RelationState[]): string =>
  `staff_id = ? AND state IN (${placeholders(states.length)})`;

const contactKeys = new Set<string>(['external_userid', 'id', 'created_at']);

const toContact = (row: ExternalContact): ExternalContact => ({
  ...row,
  erased_at: toDateOrNull(row.erased_at),
  created_at: toDate(row.created_at),
  updated_at: toDate(row.updated_at),
});

const withInstants = (row: Relation): Relation => ({
  ...row,
  started_at: toDate(row.started_at),
  ended_at: toDateOrNull(row.ended_at),
  absent_since: toDateOrNull(row.absent_since),
  updated_at: toDate(row.updated_at),
});

/** A relation that was never seen before, with what the first read or event says. */
export const blankRelation = (staffId: string, externalUserid: string, at: Date): Relation => ({
  id: newId(),
  staff_id: staffId,
  external_userid: externalUserid,
  state: 'active',
  spell: 1,
  started_at: at,
  ended_at: null,
  absent_since: null,
  remark: '',
  description: '',
  remark_corp_name: '',
  remark_mobiles: '[]',
  add_way: 0,
  oper_userid: null,
  channel: null,
  extra: null,
  personal: null,
  updated_at: at,
});
