import type { Vault } from '../../../core/vault';
import { type Database, placeholders } from '../../../db/database';
import type { RelationHistory } from './external-contacts.entity';
import { createRelationStore } from './external-contacts.store';
import { createHistoryReader } from './history';

/** Everything these tables hold about one external contact, opened: for the person themselves (S23). */
export function createPersonRecord({ db, vault }: { db: Database; vault: Vault }) {
  const store = createRelationStore({ db, vault });
  const reader = createHistoryReader({ db, vault });

  async function historyOf(externalUserid: string, relationIds: string[]): Promise<object[]> {
    if (relationIds.length === 0) return [];
    const rows = await db.query<RelationHistory>(
      `SELECT * FROM relation_history WHERE relation_id IN (${placeholders(relationIds.length)}) ORDER BY id`,
      relationIds,
    );
    const persons = rows.map(() => externalUserid);
    const details = await reader.details(rows, persons, () => () => 'read');
    return rows.map((row, i) => ({ ...row, detail: details[i] }));
  }

  return async (externalUserid: string) => {
    const [external_contact] = await store.contacts([externalUserid]);
    const relations = await store.relationsOfContacts([externalUserid]);
    const ids = relations.map(({ id }) => id);
    return {
      external_contact,
      relations: relations.map(({ personal: _, ...relation }) => relation),
      tags: await store.tags(ids),
      history: await historyOf(externalUserid, ids),
    };
  };
}
