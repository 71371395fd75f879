import { randomBytes } from 'node:crypto';
import type { Place, Vault } from '../core/vault';
import { inChunks, insertRows } from './bulk';
import { type Database, placeholders } from './database';

interface Row {
  subject: string;
  sealed: string | null;
}

const table = 'personal_key';
const columns = ['subject', 'sealed', 'created_at', 'erased_at'];
const placeOf = (subject: string): Place => ({ table, column: 'sealed', id: subject });

export type PersonalKeys = ReturnType<typeof createPersonalKeys>;

/**
 * One key for each person, for what is written about them into evidence. Evidence is never changed, so what it says of
 * a person is erasable by forgetting the key (S23), and a rotation seals the key anew, not the evidence (O7).
 */
export function createPersonalKeys({ db, vault }: { db: Database; vault: Vault }) {
  const subjectOf = (person: string): string => vault.fingerprint('person', person);

  async function rowsOf(persons: string[]): Promise<Map<string, string | null>> {
    const rows = await inChunks(persons.map(subjectOf), (chunk) =>
      db.query<Row>(`SELECT subject, sealed FROM ${table} WHERE subject IN (${placeholders(chunk.length)})`, chunk),
    );
    return new Map(rows.map(({ subject, sealed }) => [subject, sealed]));
  }

  /** By person; whoever has none, or was erased, is missing. */
  async function find(persons: string[]): Promise<Map<string, Buffer>> {
    const rows = await rowsOf(persons);
    return new Map(
      persons.flatMap((person) => {
        const subject = subjectOf(person);
        const sealed = rows.get(subject);
        return sealed ? [[person, Buffer.from(vault.open(sealed, placeOf(subject)), 'base64')] as const] : [];
      }),
    );
  }

  return {
    find,

    /** Likewise, but makes those that are missing. Must run inside `transact`. */
    async ensure(persons: string[]): Promise<Map<string, Buffer>> {
      const known = await rowsOf(persons);
      const missing = [...new Set(persons.map(subjectOf))].filter((subject) => !known.has(subject));
      const rows = missing.map((subject) => {
        const key = randomBytes(32).toString('base64');
        return [subject, vault.seal(key, placeOf(subject)), db.now(), null];
      });
      await insertRows(db, { table, columns, onConflict: { keys: ['subject'] } }, rows);
      return find(persons);
    },

    /** Forgets the key: what was sealed under it can be read by nobody, and no new one is made. Must run inside `transact`. */
    async erase(person: string): Promise<void> {
      const now = db.now();
      const into = { table, columns, onConflict: { keys: ['subject'], update: ['sealed', 'erased_at'] } };
      await insertRows(db, into, [[subjectOf(person), null, now, now]]);
    },
  };
}
