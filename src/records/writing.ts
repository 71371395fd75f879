import { newId } from '../core/ids';
import { isEmpty } from './codec';
import type { Draft, RecordRules, Writer } from './ports';
import { recordError } from './record.errors';
import type { RecordData, RecordType, Values } from './record-type';
import type { ServiceDeps } from './records';
import { differences, type RecordStore } from './store';

/** An act that changes a record. */
export interface Act {
  /** As the history names it: changed, assigned, converted, released … */
  kind: string;
  by: Writer;
  reason?: string | undefined;
  /** What the caller read; without it, whatever the record is at now. */
  version?: number | undefined;
}

/** Writes of one type, inside the caller's transaction: the row, its keys, its history, the audit trail. */
export function createRecordWriting(type: RecordType, rules: RecordRules, deps: ServiceDeps & { store: RecordStore }) {
  const { db, audit, keys, store } = deps;

  /** @param claims none for one that is made on purpose although there is another */
  async function keep(record: RecordData, claims = rules.claims?.(record) ?? []): Promise<void> {
    await keys.claim(type, record.id, record.deleted_at ? [] : claims);
    await keys.index(type, record.id, record.deleted_at ? [] : (rules.lookups?.(record) ?? []));
  }

  async function tell(record: RecordData, { kind, by, reason }: Act, changes: Values): Promise<void> {
    await store.note({ object: type.key, record_id: record.id, actor: by.actor, kind, changes, reason });
    await audit.record({
      ...{ actor: by.actor, action: `record.${kind}`, target: `${type.key}:${record.id}`, result: 'ok' },
      ...{ reason, address: by.address, detail: { fields: Object.keys(changes) } },
    });
  }

  /** @throws record.stale_version */
  async function replace(before: RecordData, after: RecordData, { by, version = before.version }: Act) {
    const record = { ...after, updated_at: db.now(), updated_by: by.actor };
    if (!(await store.update(before.id, version, record)))
      throw recordError('stale_version', { version: before.version });
    return { ...record, version: version + 1 };
  }

  return {
    async create(values: Values, by: Writer, duplicateReason?: string): Promise<RecordData> {
      const at = db.now();
      const draft: Draft = { id: newId(), values: { ...values }, before: null, by };
      if (type.series && isEmpty(draft.values.code)) draft.values.code = await deps.nextNumber(type.series);
      await rules.check?.(draft);
      const marks = { created_at: at, created_by: by.actor, updated_at: at, updated_by: by.actor };
      const blank = { owner_id: null, deleted_at: null, deleted_by: null };
      const record: RecordData = { ...blank, ...draft.values, id: draft.id, version: 1, ...marks };
      await store.insert(record);
      await (duplicateReason === undefined ? keep(record) : keep(record, []));
      await tell(record, { kind: 'created', by, reason: duplicateReason }, {});
      await rules.stored?.(record, draft);
      return record;
    },

    /** What `values` holds over `before`. @returns `before` when nothing differs @throws record.stale_version */
    async change(before: RecordData, values: Values, act: Act): Promise<RecordData> {
      const draft: Draft = { id: before.id, values: { ...before, ...values }, before, by: act.by };
      await rules.check?.(draft);
      const changes = differences(store, before, draft.values);
      if (Object.keys(changes).length === 0) return before;
      const record = await replace(before, { ...before, ...draft.values }, act);
      await keys.reclaim(type, record.id, rules.claims?.(before) ?? [], rules.claims?.(record) ?? []);
      await keys.index(type, record.id, rules.lookups?.(record) ?? []);
      await tell(record, act, changes);
      await rules.stored?.(record, draft);
      return record;
    },

    /** Into the recycle bin, or with null out of it. @throws record.stale_version, duplicate */
    async mark(before: RecordData, deletedAt: Date | null, act: Act): Promise<RecordData> {
      const deletedBy = deletedAt && act.by.actor;
      const record = await replace(before, { ...before, deleted_at: deletedAt, deleted_by: deletedBy }, act);
      await keep(record);
      await tell(record, act, {});
      return record;
    },
  };
}
