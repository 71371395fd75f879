import type { Vault } from '../../../core/vault';
import { inChunks } from '../../../db/bulk';
import { type Database, placeholders, toDate } from '../../../db/database';
import { createPersonalKeys } from '../../../db/personal-keys';

/** What is left of a person in `external_contact`: the id, since when they are known, and that they were erased. */
const blankContact = `name = '', avatar = NULL, gender = 0, unionid = NULL, position = NULL, corp_name = NULL,
  corp_full_name = NULL, extra = NULL`;

/** Of a relation what staff and WeCom wrote of the person goes; between whom it is, its state and its tags stay. */
const blankRelation = `remark = '', description = '', remark_corp_name = '', remark_mobiles = '[]', channel = NULL,
  extra = NULL, personal = NULL`;

/** Forgets what these tables hold of one external contact (S23). The row stays, so that no read brings it back. */
export function createErasure({ db, vault }: { db: Database; vault: Vault }) {
  const personalKeys = createPersonalKeys({ db, vault });

  return {
    /**
     * What the history says of the person goes with their key. May run again: what is gone stays gone, and the first
     * instant counts. Must run inside `transact`. @returns since when, and how many relations there are
     */
    async erase(externalUserid: string): Promise<{ erased_at: Date; relations: number }> {
      const [at, id] = [db.now(), externalUserid];
      await db.execute(
        `UPDATE external_contact SET ${blankContact}, erased_at = COALESCE(erased_at, ?), updated_at = ?
         WHERE external_userid = ?`,
        [at, at, id],
      );
      const sql = `UPDATE relation SET ${blankRelation}, updated_at = ? WHERE external_userid = ?`;
      const relations = await db.execute(sql, [at, id]);
      const ofPerson = 'SELECT id FROM relation WHERE external_userid = ?';
      await db.execute(`DELETE FROM relation_phone WHERE relation_id IN (${ofPerson})`, [id]);
      await personalKeys.erase(externalUserid);
      return { erased_at: (await this.erasedAt(externalUserid)) ?? at, relations };
    },

    /** @returns null for somebody who is not erased, or not known */
    async erasedAt(externalUserid: string): Promise<Date | null> {
      const sql = 'SELECT erased_at FROM external_contact WHERE external_userid = ? AND erased_at IS NOT NULL';
      const [row] = await db.query<{ erased_at: unknown }>(sql, [externalUserid]);
      return row ? toDate(row.erased_at) : null;
    },

    /** Those of them who were erased. */
    async erasedOf(externalUserids: string[]): Promise<Set<string>> {
      const rows = await inChunks(externalUserids, (chunk) =>
        db.query<{ external_userid: string }>(
          `SELECT external_userid FROM external_contact
           WHERE external_userid IN (${placeholders(chunk.length)}) AND erased_at IS NOT NULL`,
          chunk,
        ),
      );
      return new Set(rows.map((row) => row.external_userid));
    },
  };
}
