import type { Vault } from '../../../core/vault';
import { insertRows } from '../../../db/bulk';
import { type Database, toDate } from '../../../db/database';
import { createPersonalKeys } from '../../../db/personal-keys';
import type { FieldAccess, GuardedField } from '../../../http/roles';
import type { RelationHistory } from './external-contacts.entity';
import type { Origin } from './observation';
import { maskedDiff } from './personal';

/** A line of the history, about to be written. */
export interface NewHistory {
  relation_id: string;
  kind: string;
  occurred_at: Date;
  detail?: object;
  /** What of it is personal, and of whom: sealed into the detail under the key of that person. */
  personal?: { of: string; fields: Record<string, unknown> };
}

interface Deps {
  db: Database;
  vault: Vault;
}

type Line = Pick<RelationHistory, 'relation_id' | 'kind' | 'occurred_at'>;

/** The counter of the row is not known when it is sealed: relation, kind and instant stand for it. */
const placeOf = ({ relation_id, kind, occurred_at }: Line) => ({
  table: 'relation_history',
  column: 'detail',
  id: `${relation_id} ${kind} ${toDate(occurred_at).getTime()}`,
});

/** The writing end of `relation_history`. */
export function createHistoryWriter({ db, vault }: Deps) {
  const personalKeys = createPersonalKeys({ db, vault });

  /** Of somebody who was erased only the names of the fields are written down. */
  function detailOf(entry: NewHistory, keys: ReadonlyMap<string, Buffer>): string | null {
    const { detail, personal } = entry;
    if (!personal) return detail ? JSON.stringify(detail) : null;
    const key = keys.get(personal.of);
    const sealed = key && vault.sealUnder(key, JSON.stringify(personal.fields), placeOf(entry));
    return JSON.stringify({ ...detail, personal: Object.keys(personal.fields), ...(sealed ? { sealed } : {}) });
  }

  return {
    /** Must run inside `transact`. */
    async add(entries: NewHistory[], { source, ref }: Origin): Promise<number> {
      const persons = entries.flatMap(({ personal }) => personal?.of ?? []);
      const keys = persons.length > 0 ? await personalKeys.ensure(persons) : new Map<string, Buffer>();
      return insertRows(
        db,
        {
          table: 'relation_history',
          columns: ['relation_id', 'kind', 'source', 'occurred_at', 'recorded_at', 'ref', 'detail'],
        },
        entries.map((entry) => [
          entry.relation_id,
          entry.kind,
          source,
          entry.occurred_at,
          db.now(),
          ref,
          detailOf(entry, keys),
        ]),
      );
    },
  };
}

type Access = (path: GuardedField) => FieldAccess;

interface Stored extends Record<string, unknown> {
  personal?: string[];
  sealed?: string;
}

/** The reading end: a detail as a viewer sees it. `[***, ***]` stands for what is masked, or was erased. */
export function createHistoryReader({ db, vault }: Deps) {
  const personalKeys = createPersonalKeys({ db, vault });

  function shown(row: RelationHistory, key: Buffer | undefined, access: Access): unknown {
    if (row.detail === null) return null;
    const { personal = [], sealed, ...plain } = JSON.parse(row.detail) as Stored;
    const fields = { ...hidden(personal), ...plain };
    const opened = sealed && key ? JSON.parse(vault.openUnder(key, sealed, placeOf(row))) : {};
    return visible({ ...fields, ...opened }, access);
  }

  return {
    /** @param persons whom the rows are about, in their order */
    async details(rows: RelationHistory[], persons: string[], access: (row: number) => Access): Promise<unknown[]> {
      const keys = await personalKeys.find([...new Set(persons)]);
      return rows.map((row, i) => shown(row, keys.get(persons[i] ?? ''), access(i)));
    },
  };
}

const hidden = (fields: string[]) => Object.fromEntries(fields.map((field) => [field, ['***', '***']]));

/** Rows of older versions hold all fields in plain text, so the rules apply to these as well. */
function visible(diff: Record<string, unknown>, access: Access): Record<string, unknown> {
  const masked = maskedDiff(diff);
  const rules: [string, GuardedField][] = [
    ['remark_mobiles', 'relation.remark_mobiles'],
    ['description', 'relation.description'],
  ];
  for (const [field, path] of rules) {
    if (!(field in diff)) continue;
    const allowed = access(path);
    if (allowed === 'none') delete masked[field];
    else if (allowed !== 'masked') masked[field] = diff[field];
  }
  return masked;
}
