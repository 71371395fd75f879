import { proverOf, type Step } from '../../../core/merkle';
import type { Vault } from '../../../core/vault';
import { inChunks } from '../../../db/bulk';
import { type Database, placeholders } from '../../../db/database';
import { createBodyKeys } from './body-keys';
import type { ArchiveMessage } from './conversations.entity';
import { fieldsOfMessage, leafOfMessage } from './leaves';

/** What proves one message: the leaf and what it was made of, the text with its salt, and the way to its batch. */
export interface MessageProof {
  id: number;
  /** What the leaf is a hash of. */
  fields: (string | number | boolean | null)[];
  leaf: string;
  /** Salt and text as they were hashed; null once it was purged. */
  salted: string | null;
  batch_id: number;
  steps: Step[];
}

type Row = ArchiveMessage & { key_id: number | string | null; sealed: string | null };

export type MessageProofs = ReturnType<typeof createMessageProofs>;

/** Proofs for those who have only an export. It asks nobody whether they may be seen. */
export function createMessageProofs({ db, vault }: { db: Database; vault: Vault }) {
  const bodyKeys = createBodyKeys({ db, vault });

  async function stepsOf(batches: readonly number[]): Promise<Map<number, Step[]>> {
    const steps = new Map<number, Step[]>();
    for (const batch of batches) {
      const rows = await db.query<ArchiveMessage>('SELECT * FROM archive_message WHERE batch_id = ? ORDER BY id', [
        batch,
      ]);
      const prove = proverOf(rows.map((row) => leafOfMessage(row)));
      for (const [i, { id }] of rows.entries()) steps.set(Number(id), prove(i));
    }
    return steps;
  }

  return {
    /** In the order of the ids; one that is not there is left out. @throws Error when a sealed text was edited */
    async of(ids: readonly number[]): Promise<MessageProof[]> {
      const rows = await inChunks([...ids], (chunk) =>
        db.query<Row>(
          `SELECT m.*, b.key_id, b.sealed FROM archive_message m LEFT JOIN archive_body b ON b.id = m.id
           WHERE m.id IN (${placeholders(chunk.length)})`,
          chunk,
        ),
      );
      const keys = await bodyKeys.find(rows.flatMap(({ key_id }) => (key_id === null ? [] : [Number(key_id)])));
      const steps = await stepsOf([...new Set(rows.map(({ batch_id }) => Number(batch_id)))]);
      const saltedOf = ({ id, key_id, sealed }: Row): string | null => {
        const key = key_id === null ? undefined : keys.get(Number(key_id));
        if (!key || sealed === null) return null;
        return vault.openUnder(key, sealed, { table: 'archive_body', column: 'sealed', id: String(id) });
      };
      const proofs = new Map(
        rows.map((row) => [
          Number(row.id),
          {
            ...{ id: Number(row.id), fields: fieldsOfMessage(row), leaf: leafOfMessage(row), salted: saltedOf(row) },
            ...{ batch_id: Number(row.batch_id), steps: steps.get(Number(row.id)) ?? [] },
          },
        ]),
      );
      return ids.flatMap((id) => proofs.get(id) ?? []);
    },
  };
}
