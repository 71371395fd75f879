import { hash } from 'node:crypto';
import { maskText } from '../../../core/mask';
import type { Vault } from '../../../core/vault';
import { inChunks, insertRows } from '../../../db/bulk';
import { type Database, placeholders, toDate, toDateOrNull, toSqlInstant, type Value } from '../../../db/database';
import type { SecurityRow } from '../../../wecom';
import type { Evidence } from '../../kernel/evidence';
import type { EvidenceRef } from '../findings';
import {
  type SecurityRecord,
  type SecuritySource,
  type SecuritySourceRow,
  type SourceState,
  securitySources,
} from './security-record.entity';
import { securityRecordStream } from './security-record.stream';

interface Deps {
  db: Database;
  vault: Vault;
  evidence: Pick<Evidence, 'append'>;
}

/** A line on its way in. */
export interface NewRecord extends SecurityRow {
  /** Its number among equal lines of a walk, from 0. */
  ordinal: number;
}

/** A line as it is stored, without what is sealed. */
export interface StoredRecord extends Omit<SecurityRecord, 'id'> {
  id: number;
}

export interface SourceFault {
  state: SourceState;
  errcode: number | null;
  fault: string;
}

const columns = ['digest', 'source', 'occurred_at', 'userid', 'type', 'detail_type', 'fetched_at'];
const placeOf = (digest: string) => ({ table: 'security_record_body', column: 'sealed', id: digest });

/** Where free text stands in a line. */
const textFields: Readonly<Record<SecuritySource, string>> = {
  member_log: 'detail_info',
  admin_log: 'detail_info',
  file_record: 'file_info',
  screen_record: 'screen_shot_content',
};

export const textOf = (source: SecuritySource, raw: Readonly<Record<string, unknown>>): string => {
  const value = raw[textFields[source]];
  return typeof value === 'string' ? value : '';
};

/** A line as evidence. */
export function recordRef({ id, source, ...row }: StoredRecord): EvidenceRef {
  const content = [row.digest, source, toSqlInstant(row.occurred_at), row.userid, row.type, row.detail_type];
  return { source, ref: String(id), hash: hash('sha256', JSON.stringify(content)) };
}

export const toRecord = (row: SecurityRecord): StoredRecord => ({
  ...{ id: Number(row.id), digest: row.digest, source: row.source, userid: row.userid, type: Number(row.type) },
  detail_type: row.detail_type === null ? null : Number(row.detail_type),
  ...{ occurred_at: toDate(row.occurred_at), fetched_at: toDate(row.fetched_at) },
});

export type RecordStore = ReturnType<typeof createRecordStore>;

/** The lines of WeCom's logs, and how far each was read. Everything that writes is called inside a transaction. */
export function createRecordStore({ db, vault, evidence }: Deps) {
  const digestOf = (source: SecuritySource, { raw, ordinal }: NewRecord): string =>
    vault.fingerprint('security_record', JSON.stringify([source, raw, ordinal]));

  const withDigests = (digests: readonly string[]): Promise<StoredRecord[]> =>
    inChunks([...digests], async (chunk) => {
      const sql = `SELECT * FROM security_record WHERE digest IN (${placeholders(chunk.length)}) ORDER BY id`;
      return (await db.query<SecurityRecord>(sql, chunk)).map(toRecord);
    });

  /** Userids as the directory spells them now: WeCom ignores case, and people get new ones. */
  async function spelling(userids: readonly (string | null)[]): Promise<(userid: string | null) => string | null> {
    const keys = [...new Set(userids.flatMap((userid) => userid?.toLowerCase() ?? []))];
    const rows = await inChunks(keys, (chunk) =>
      db.query<{ userid_key: string; userid: string }>(
        `SELECT f.userid_key, s.userid FROM staff_former_userid f JOIN staff s ON s.id = f.staff_id
         WHERE f.userid_key IN (${placeholders(chunk.length)})
         UNION ALL SELECT userid_key, userid FROM staff WHERE userid_key IN (${placeholders(chunk.length)})`,
        [...chunk, ...chunk],
      ),
    );
    const known = new Map(rows.map(({ userid_key, userid }) => [userid_key, userid]));
    return (userid) => (userid === null ? null : (known.get(userid.toLowerCase()) ?? userid));
  }

  return {
    /** Those that are not there yet. @returns them */
    async add(source: SecuritySource, rows: readonly NewRecord[]): Promise<StoredRecord[]> {
      const given = new Map(rows.map((row) => [digestOf(source, row), row]));
      for (const { digest } of await withDigests([...given.keys()])) given.delete(digest);
      if (given.size === 0) return [];
      const spelled = await spelling(rows.map(({ userid }) => userid));
      const fresh = [...given].sort(([, a], [, b]) => a.occurred_at.getTime() - b.occurred_at.getTime());
      const values = fresh.map(([digest, { occurred_at, userid, type, detail_type }]): Value[] => [
        ...[digest, source, occurred_at, spelled(userid), type, detail_type, db.now()],
      ]);
      await insertRows(db, { table: 'security_record', columns }, values);
      const bodies = fresh.map(([digest, { raw }]) => [digest, vault.seal(JSON.stringify(raw), placeOf(digest))]);
      await insertRows(db, { table: 'security_record_body', columns: ['digest', 'sealed'] }, bodies);
      const stored = await withDigests([...given.keys()]);
      await evidence.append(
        securityRecordStream.name,
        stored.map(({ id }) => id),
      );
      return stored;
    },

    /** Lines as WeCom sent them, by their digests. */
    async bodies(digests: readonly string[]): Promise<ReadonlyMap<string, Readonly<Record<string, unknown>>>> {
      const rows = await inChunks([...digests], (chunk) =>
        db.query<{ digest: string; sealed: string }>(
          `SELECT digest, sealed FROM security_record_body WHERE digest IN (${placeholders(chunk.length)})`,
          chunk,
        ),
      );
      return new Map(rows.map(({ digest, sealed }) => [digest, JSON.parse(vault.open(sealed, placeOf(digest)))]));
    },

    /** Lines of a source, from the first instant on, before the second. */
    async between(source: SecuritySource, from: Date, to: Date): Promise<StoredRecord[]> {
      const rows = await db.query<SecurityRecord>(
        `SELECT * FROM security_record WHERE source = ? AND occurred_at >= ? AND occurred_at < ?
         ORDER BY occurred_at, id`,
        [source, from, to],
      );
      return rows.map(toRecord);
    },

    async byIds(ids: readonly number[]): Promise<StoredRecord[]> {
      const sql = `SELECT * FROM security_record WHERE id IN (${placeholders(ids.length)}) ORDER BY id`;
      return ids.length === 0 ? [] : (await db.query<SecurityRecord>(sql, [...ids])).map(toRecord);
    },

    /** Every source, also those that were never asked. */
    async sources(): Promise<SecuritySourceRow[]> {
      const rows = await db.query<SecuritySourceRow>('SELECT * FROM security_source');
      return securitySources.map((source) => {
        const row = rows.find((one) => one.source === source);
        return row ? withDates(row) : { ...unread, source };
      });
    },

    /** What is given changes, all else stays. */
    async move(source: SecuritySource, change: Partial<Omit<SecuritySourceRow, 'source'>>): Promise<void> {
      const names = Object.keys(change);
      const first = { state: 'new', ...change };
      const onConflict = { keys: ['source'], update: names };
      const into = { table: 'security_source', columns: ['source', ...Object.keys(first)], onConflict };
      await insertRows(db, into, [[source, ...Object.values(first)]]);
    },

    refused(source: SecuritySource, { state, errcode, fault }: SourceFault): Promise<void> {
      return this.move(source, { state, errcode, fault: maskText(fault).slice(0, 500), asked_at: db.now() });
    },
  };
}

const unread = {
  ...{ state: 'new' as const, since: null, watermark: null, asked_at: null, answered_at: null },
  ...{ errcode: null, fault: null, gap_from: null, gap_to: null },
};

const withDates = (row: SecuritySourceRow): SecuritySourceRow => ({
  ...row,
  errcode: row.errcode === null ? null : Number(row.errcode),
  ...{ since: toDateOrNull(row.since), watermark: toDateOrNull(row.watermark) },
  ...{ asked_at: toDateOrNull(row.asked_at), answered_at: toDateOrNull(row.answered_at) },
  ...{ gap_from: toDateOrNull(row.gap_from), gap_to: toDateOrNull(row.gap_to) },
});
