import type { Vault } from '../../../core/vault';
import { insertRows } from '../../../db/bulk';
import type { Database } from '../../../db/database';
import type { ExternalContact, Relation } from './external-contacts.entity';
import { phoneHashes, sealContact, sealRelation } from './personal';

const chunk = 500;

/** Rows of version 0.1, whose notes and phone numbers stand in plain text. Each method must run inside `transact`. */
export function createPlainRows({ db, vault }: { db: Database; vault: Vault }) {
  async function sealOne(row: Relation): Promise<void> {
    const { personal } = sealRelation(vault, row);
    const done = await db.execute(
      `UPDATE relation SET personal = ?, description = '', remark_mobiles = '[]', extra = NULL
       WHERE id = ? AND personal IS NULL AND description = ? AND remark_mobiles = ?`,
      [personal, row.id, row.description, row.remark_mobiles],
    );
    if (done === 0) return;
    const into = { table: 'relation_phone', columns: ['relation_id', 'phone_hash'] };
    const hashes = phoneHashes(vault, row).map((hash) => [row.id, hash]);
    await insertRows(db, { ...into, onConflict: { keys: into.columns } }, hashes);
  }

  return [
    {
      name: 'relation',
      async sealNext(after: string): Promise<string | null> {
        const sql = 'SELECT * FROM relation WHERE id > ? ORDER BY id LIMIT ?';
        const rows = await db.query<Relation>(sql, [after, chunk]);
        for (const row of rows.filter(isPlain)) await sealOne(row);
        return rows.length < chunk ? null : (rows.at(-1)?.id ?? null);
      },
    },
    {
      name: 'external_contact',
      async sealNext(after: string): Promise<string | null> {
        const sql = `SELECT external_userid, extra FROM external_contact
          WHERE external_userid > ? ORDER BY external_userid LIMIT ?`;
        const rows = await db.query<ExternalContact>(sql, [after, chunk]);
        for (const row of rows.filter(({ extra }) => extra?.startsWith('{'))) {
          const { extra } = sealContact(vault, row);
          const update = 'UPDATE external_contact SET extra = ? WHERE external_userid = ? AND extra = ?';
          await db.execute(update, [extra, row.external_userid, row.extra]);
        }
        return rows.length < chunk ? null : (rows.at(-1)?.external_userid ?? null);
      },
    },
  ];
}

const isPlain = ({ personal, description, remark_mobiles, extra }: Relation): boolean =>
  personal === null && (description !== '' || remark_mobiles !== '[]' || extra !== null);
