import { inChunks } from '../../../db/bulk';
import type { Database } from '../../../db/database';
import { canonical, leafOf, type Scalar } from './chain';

/** A row as the database gives it. */
export type StoredRow = Record<string, unknown>;

/** A table whose rows are evidence: insert-only, with a counter `id`. */
export interface EvidenceStream {
  name: string;
  table: string;
  /** Every column but `id`. */
  columns: string[];
  /** Versions of the canonical form, the first is 1. Only ever add one: rows are checked with the one they were sealed with. */
  forms: ((row: StoredRow) => Scalar[])[];
}

export type Streams = ReturnType<typeof createStreams>;

/** Neighbours that are further apart are read by statements of their own. */
const widestGap = 50;

/** Reads the rows of every stream. */
export function createStreams(db: Database, streams: readonly EvidenceStream[]) {
  const byName = new Map(streams.map((stream) => [stream.name, stream]));
  return {
    all: streams,
    get: (name: string): EvidenceStream | undefined => byName.get(name),

    /** The rows with these ids, as far as they are there. */
    async read({ table, columns }: EvidenceStream, ids: number[]): Promise<Map<number, StoredRow>> {
      const sql = `SELECT id, ${columns.join(', ')} FROM ${table} WHERE id BETWEEN ? AND ?`;
      const wanted = new Set(ids);
      const rows = new Map<number, StoredRow>();
      for (const [from, to] of rangesOf(ids)) {
        for (const row of await db.query(sql, [from, to])) {
          const id = Number(row.id);
          if (wanted.has(id)) rows.set(id, row);
        }
      }
      return rows;
    },

    /** Ids above `after`, in order. */
    async ids({ table }: EvidenceStream, after: number, { upTo = Number.MAX_SAFE_INTEGER, limit = 1_000_000 }) {
      const sql = `SELECT id FROM ${table} WHERE id > ? AND id <= ? ORDER BY id LIMIT ?`;
      return (await db.query<{ id: number | string }>(sql, [after, upTo, limit])).map(({ id }) => Number(id));
    },

    /** How many rows there are from one id to another, both included. */
    async count({ table }: EvidenceStream, from: number, to: number): Promise<number> {
      const [row] = await db.query<{ n: unknown }>(`SELECT COUNT(*) AS n FROM ${table} WHERE id BETWEEN ? AND ?`, [
        from,
        to,
      ]);
      return Number(row?.n);
    },

    /** Those of the ids that `table` names in its `row_id`. */
    async named(table: 'evidence_link' | 'evidence_pending', stream: string, ids: number[]): Promise<Set<number>> {
      const rows = await inChunks(ids, (chunk) =>
        db.query<{ row_id: number | string }>(
          `SELECT row_id FROM ${table} WHERE stream = ? AND row_id IN (${chunk.map(() => '?').join(', ')})`,
          [stream, ...chunk],
        ),
      );
      return new Set(rows.map(({ row_id }) => Number(row_id)));
    },
  };
}

/** The form of a row that was gone when its turn to be sealed came. */
export const goneForm = 0;

/** What a row is hashed as: version, stream, id, then its fields. Undefined for a version this program does not know. */
export function fieldsOf(stream: EvidenceStream, form: number, row: StoredRow): Scalar[] | undefined {
  return stream.forms[form - 1]?.(row);
}

/** The leaf of a row in the newest form. */
export function sealOf(stream: EvidenceStream, id: number, row?: StoredRow): { form: number; leaf: string } {
  const form = row ? stream.forms.length : goneForm;
  const fields = row ? fieldsOf(stream, form, row) : [];
  return { form, leaf: leafOf(canonical(form, stream.name, id, fields ?? [])) };
}

/** Few ranges that hold all the ids. */
export function rangesOf(ids: number[]): [from: number, to: number][] {
  const ranges: [number, number][] = [];
  for (const id of [...ids].sort((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last && id - last[1] <= widestGap) last[1] = id;
    else ranges.push([id, id]);
  }
  return ranges;
}
