import { encodeCursor, type Page } from '../core/paging';
import { allOf, type Condition, given, isIn } from '../db/conditions';
import type { Row } from '../db/database';
import { actorOf, type Viewer } from '../http/permissions';
import { assertWritable } from './access';
import { createRecordLists, type RecordQuery } from './lists';
import type { RecordRules, Writer } from './ports';
import { recordError } from './record.errors';
import type { RecordData, RecordType, Values } from './record-type';
import type { ServiceDeps } from './records';
import { createRecordStore } from './store';
import { createTranslator } from './translate';
import { createRecordViews, type RecordView } from './views';
import { type Act, createRecordWriting } from './writing';

/** Somebody who writes, at the console or with a token. */
export type Person = Writer & { viewer: Viewer };

export type RecordService = ReturnType<typeof createRecordService>;

const living: Condition = ['t.deleted_at IS NULL'];

/** One type of record: its lists, its writes, its history. Every write is one transaction with its history and its audit row. */
export function createRecordService(type: RecordType, rules: RecordRules, deps: ServiceDeps) {
  const { db, scopes } = deps;
  const store = createRecordStore(type, deps);
  const views = createRecordViews(type, deps);
  const lists = createRecordLists(type, { ...deps, store });
  const writing = createRecordWriting(type, rules, { ...deps, store });
  const translated = createTranslator(type, deps);

  async function within(viewer: Viewer): Promise<Condition[]> {
    const { read } = await scopes.of(type, viewer, 't');
    return read ? [read.probe] : [];
  }

  /** Also from the recycle bin. @throws record.not_found */
  async function visible(id: string, viewer: Viewer): Promise<RecordData> {
    const found = await store.find(id, await within(viewer));
    if (!found) throw recordError('not_found', { id });
    return found;
  }

  /** @throws record.not_found, read_only_for_you */
  async function editable(id: string, viewer: Viewer): Promise<RecordData> {
    const found = await visible(id, viewer);
    const { edit } = await scopes.of(type, viewer, 't');
    if (edit && !(await store.find(id, [edit]))) throw recordError('read_only_for_you', { id });
    return found;
  }

  /**
   * Made by somebody, or by the product. @param set what no client may say, in place of what it said
   * @throws http.validation, record.duplicate, field_forbidden
   */
  async function create(input: Values, by: Writer, set: Values = {}): Promise<RecordData> {
    if (by.viewer) assertWritable(type, by.viewer, input);
    const owner = { owner_id: by.viewer?.staffId ?? null };
    const values = { ...owner, ...(await translated(input, by.viewer)), ...set };
    const reason = input.duplicate_reason === undefined ? undefined : String(input.duplicate_reason);
    return db.transact(() => writing.create(values, by, reason));
  }

  return {
    type,
    visible,
    editable,
    views,
    create,

    /** Whoever asks; not from the recycle bin. */
    find: (id: string): Promise<RecordData | undefined> => store.find(id, [living]),

    /** Of those that the viewer sees. */
    async titles(ids: readonly string[], viewer: Viewer): Promise<Map<string, string>> {
      const found = await store.findAll([...new Set(ids)], await within(viewer));
      return new Map(found.map((record) => [record.id, String(record[type.title] ?? '')]));
    },

    isVisible: async (id: string, viewer: Viewer): Promise<boolean> =>
      (await store.find(id, [living, ...(await within(viewer))])) !== undefined,

    /** @throws record.bad_filter, field_forbidden, paging.bad_cursor */
    async list(query: RecordQuery, viewer: Viewer): Promise<Page<RecordView>> {
      const { records, next_cursor } = await lists.page(query, viewer);
      return { items: await views.of(records, viewer), next_cursor };
    },

    /** How many the same list has in all. @throws record.bad_filter, field_forbidden */
    count: (query: RecordQuery, viewer: Viewer): Promise<number> => lists.count(query, viewer),

    /** @throws record.not_found */
    get: async (id: string, viewer: Viewer): Promise<RecordView> => views.one(await visible(id, viewer), viewer),

    createFor: async (input: Values, by: Person): Promise<RecordView> => views.one(await create(input, by), by.viewer),

    /** What is not named stays. @throws record.not_found, stale, duplicate, read_only_for_you, field_forbidden, http.validation */
    async change(id: string, input: Values & { version: number }, by: Person): Promise<RecordView> {
      assertWritable(type, by.viewer, input);
      const values = await translated(input, by.viewer);
      const record = await db.transact(async () => {
        const before = await editable(id, by.viewer);
        if (before.deleted_at) throw recordError('not_found', { id });
        if (before.version !== input.version) throw recordError('stale_version', { version: before.version });
        return writing.change(before, values, { kind: 'changed', by, version: input.version });
      });
      return views.one(record, by.viewer);
    },

    /** An act of the feature that owns the type, which has seen to it that they may. @throws record.not_found, stale */
    act: (id: string, set: Values, act: Act): Promise<RecordData> =>
      db.transact(async () => {
        const before = await store.find(id, [living]);
        if (!before) throw recordError('not_found', { id });
        const isStale = act.version !== undefined && act.version !== before.version;
        if (isStale) throw recordError('stale_version', { version: before.version });
        return writing.change(before, set, act);
      }),

    /** Into the recycle bin (EXT-15). @throws record.not_found, stale, in_use with the counts */
    remove: (id: string, version: number, by: Person): Promise<void> =>
      db.transact(async () => {
        const before = await editable(id, by.viewer);
        if (before.deleted_at) throw recordError('not_found', { id });
        const dependents = Object.entries((await rules.dependents?.(id)) ?? {}).filter(([, count]) => count > 0);
        if (dependents.length > 0) throw recordError('in_use', Object.fromEntries(dependents));
        await writing.mark(before, db.now(), { kind: 'deleted', by, version });
      }),

    /** Out of the recycle bin. @throws record.not_found, duplicate when another has taken its place */
    restore: (id: string, by: Person): Promise<RecordView> =>
      db.transact(async () => {
        const before = await editable(id, by.viewer);
        if (!before.deleted_at) throw recordError('not_found', { id });
        return views.one(await writing.mark(before, null, { kind: 'restored', by }), by.viewer);
      }),

    /** What somebody has that is not closed, oldest first. */
    async ownedBy(staffId: string): Promise<{ id: string; title: string }[]> {
      const { column, values } = type.closed ?? { column: 'id', values: [] };
      const [closed, ...states] = isIn(column, values);
      const sql = `SELECT id, ${type.title} AS title FROM ${type.table}
        WHERE owner_id = ? AND deleted_at IS NULL AND NOT (${closed}) ORDER BY id`;
      return db.query<{ id: string; title: string }>(sql, [staffId, ...states]);
    },

    /** Forgets the person behind each record whose `column` has the value, also in the recycle bin. @returns how many */
    forget: (column: 'external_userid', value: string): Promise<number> =>
      db.transact(async () => {
        const rows = await db.query<{ id: string }>(`SELECT id FROM ${type.table} WHERE ${column} = ?`, [value]);
        return store.forget(rows.map(({ id }) => id));
      }),

    /** Newest first. @throws record.not_found */
    async changes(id: string, { limit, before }: { limit: number; before: number | undefined }, viewer: Viewer) {
      const record = await visible(id, viewer);
      const { where, params } = allOf([
        ['c.object = ?', type.key],
        ['c.record_id = ?', record.id],
        ...given([['c.id < ?', before]]),
      ]);
      const sql = `SELECT c.* FROM record_change c WHERE ${where} ORDER BY c.id DESC LIMIT ?`;
      const rows = await db.query<Row>(sql, [...params, limit + 1]);
      const shown = rows.slice(0, limit);
      const last = shown.at(-1);
      const next_cursor = rows.length > limit && last ? encodeCursor([Number(last.id)]) : null;
      return { items: await views.changes(shown, record, viewer), next_cursor };
    },
  };
}

/** Somebody at the console or with a token. */
export const personOf = (viewer: Viewer, address?: string): Person => ({ actor: actorOf(viewer), viewer, address });
