import { maskPersonal } from '../../../core/mask';
import { insertRows } from '../../../db/bulk';
import { type Database, toDate } from '../../../db/database';
import type { Evidence } from '../../kernel/evidence';
import type { Draft, EvidenceRef, Finder } from './draft';
import { type FindingState, FindingStep, type FindingSupport } from './finding.entity';
import { findingStepStream, findingStream, findingSupportStream } from './finding.stream';

interface Deps {
  db: Database;
  evidence: Pick<Evidence, 'append'>;
}

export interface NewStep {
  findingId: number;
  state: FindingState;
  actor: string;
  reason?: string | undefined;
  comment?: string | undefined;
}

const columns = [
  ...['dedupe_key', 'detector', 'version', 'evidence_level', 'severity', 'userid', 'external_userid', 'chat_id'],
  ...['occurred_at', 'detected_at', 'features', 'evidence'],
];

export type FindingStore = ReturnType<typeof createFindingStore>;

/** The tables of findings. Everything that writes is called inside a transaction. */
export function createFindingStore({ db, evidence }: Deps) {
  const idOf = async (dedupeKey: string): Promise<number | undefined> => {
    const [row] = await db.query<{ id: unknown }>('SELECT id FROM finding WHERE dedupe_key = ?', [dedupeKey]);
    return row && Number(row.id);
  };

  return {
    /** @returns its id; undefined when it is known already */
    async add({ code, version }: Finder, draft: Draft): Promise<number | undefined> {
      const key = `${code}:${draft.key}`;
      if ((await idOf(key)) !== undefined) return undefined;
      const row = [
        ...[key, code, version, draft.evidenceLevel, draft.severity],
        ...[draft.userid ?? null, draft.externalUserid ?? null, draft.chatId ?? null, draft.occurredAt, db.now()],
        ...[JSON.stringify(draft.features ?? {}), JSON.stringify(draft.evidence)],
      ];
      const added = await insertRows(db, { table: 'finding', columns, onConflict: { keys: ['dedupe_key'] } }, [row]);
      const id = await idOf(key);
      if (added === 0 || id === undefined) return undefined;
      const into = { table: 'finding_case', columns: ['finding_id', 'state', 'version', 'updated_at'] };
      await insertRows(db, into, [[id, 'open', 1, db.now()]]);
      await evidence.append(findingStream.name, [id]);
      return id;
    },

    /** One conditional UPDATE: of two at the same time one happens. @returns false when somebody was quicker */
    async move(id: number, version: number, to: FindingState, by: string): Promise<boolean> {
      const sql = `UPDATE finding_case SET state = ?, version = version + 1, decided_by = ?, decided_at = ?, updated_at = ?
        WHERE finding_id = ? AND version = ?`;
      return (await db.execute(sql, [to, by, db.now(), db.now(), id, version])) === 1;
    },

    /** Whoever took it up has it no more, and nobody has decided anything. @returns false when somebody was quicker */
    async release(id: number, version: number): Promise<boolean> {
      const sql = `UPDATE finding_case SET state = 'open', version = version + 1, decided_by = NULL, decided_at = NULL,
        updated_at = ? WHERE finding_id = ? AND version = ?`;
      return (await db.execute(sql, [db.now(), id, version])) === 1;
    },

    async note({ findingId, state, actor, reason, comment }: NewStep): Promise<void> {
      const { identifiers } = await db.em.getRepository(FindingStep).insert({
        ...{ finding_id: findingId, state, actor, at: db.now() },
        ...{ reason: reason ?? null, comment: comment === undefined ? null : maskPersonal(comment).slice(0, 500) },
      });
      await evidence.append(findingStepStream.name, [Number(identifiers[0]?.id)]);
    },

    /** Once for each place where it stands. */
    async support(id: number, { source, ref, hash }: EvidenceRef): Promise<void> {
      const columns = ['finding_id', 'source', 'ref', 'hash', 'at'];
      const place = [id, source, ref];
      const known = 'SELECT id FROM finding_support WHERE finding_id = ? AND source = ? AND ref = ?';
      if ((await db.query(known, place)).length > 0) return;
      await insertRows(db, { table: 'finding_support', columns }, [[...place, hash, db.now()]]);
      const [row] = await db.query<{ id: unknown }>(known, place);
      await evidence.append(findingSupportStream.name, [Number(row?.id)]);
    },

    async supportsOf(id: number): Promise<FindingSupport[]> {
      const rows = await db.query<FindingSupport>('SELECT * FROM finding_support WHERE finding_id = ? ORDER BY id', [
        id,
      ]);
      return rows.map((row) => ({ ...row, at: toDate(row.at) }));
    },

    async stepsOf(id: number): Promise<(Omit<FindingStep, 'at'> & { at: Date })[]> {
      const rows = await db.query<FindingStep>('SELECT * FROM finding_step WHERE finding_id = ? ORDER BY id', [id]);
      return rows.map((row) => ({ ...row, at: toDate(row.at) }));
    },
  };
}
