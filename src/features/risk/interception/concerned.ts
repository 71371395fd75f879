import { inChunks } from '../../../db/bulk';
import { type Database, placeholders } from '../../../db/database';
import { httpError } from '../../../http/errors';
import type { ChangedInterception } from './interception.schema';

type Concerned = Pick<ChangedInterception, 'userids' | 'department_ids'>;

/** WeCom takes a rule with a name it does not know as a whole or not at all. @throws http.validation, which names them */
export async function assertKnown(db: Database, { userids, department_ids }: Concerned): Promise<void> {
  async function unknown<T extends string | number>(path: string, named: T[], [sql, keyOf]: Lookup<T>) {
    const rows = await inChunks(named.map(keyOf), (chunk) =>
      db.query<{ id: unknown }>(`${sql} IN (${placeholders(chunk.length)})`, chunk),
    );
    const known = new Set(rows.map(({ id }) => String(id)));
    const missing = named.filter((one) => !known.has(String(keyOf(one))));
    return missing.map((one) => ({ path, rule: 'unknown', message: `${one} is not known` }));
  }

  const faults = [
    ...(await unknown('userids', userids, staff)),
    ...(await unknown('department_ids', department_ids, departments)),
  ];
  if (faults.length > 0) throw httpError('validation', faults);
}

/** Where they stand, and how they are spelled there. */
type Lookup<T> = readonly [sql: string, keyOf: (named: T) => T];

const staff: Lookup<string> = ['SELECT userid_key AS id FROM staff WHERE userid_key', (userid) => userid.toLowerCase()];
const departments: Lookup<number> = ['SELECT id FROM department WHERE deleted_at IS NULL AND id', (id) => id];
