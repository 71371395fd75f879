import { newId } from '../../../core/ids';
import { type Page, textIn, toPage } from '../../../core/paging';
import { createUses } from '../../../core/uses';
import { insertRows } from '../../../db/bulk';
import { type Database, toDate } from '../../../db/database';
import { httpError } from '../../../http/errors';
import { actorOf } from '../../../http/permissions';
import { iso } from '../../../http/schema';
import type { By } from '../approvals';
import type { AuditService } from '../audit';
import type { Category } from './categories.entity';
import { categoryError } from './categories.errors';
import {
  type CategoryKind,
  type CategoryQuery,
  type CategoryView,
  type ChangedCategory,
  kinds,
  type NewCategory,
  type Removal,
} from './categories.schema';
import { assertPlace, childrenOf, inOrder, pathTo, withPlace } from './tree';

interface Deps {
  db: Database;
  audit: Pick<AuditService, 'record'>;
}

const columns = ['id', 'kind', 'parent_id', 'name', 'color', 'position', 'active', 'is_default', 'version'];
const valuesOf = ({ id, kind, parent_id, name, color, position, active, is_default, version }: Category) => [
  ...[id, kind, parent_id, name, color, position, active, is_default, version],
];

export type CategoryService = ReturnType<typeof createCategoryService>;

/** Trees of at most four levels, one for each kind of record (CUS-12). */
export function createCategoryService({ db, audit }: Deps) {
  const uses = createUses();

  async function tree(kind: string): Promise<Category[]> {
    const rows = await db.query<Category>('SELECT * FROM category WHERE kind = ? ORDER BY position, id', [kind]);
    return rows.map((row) => ({
      ...{ ...row, active: Boolean(row.active), is_default: Boolean(row.is_default) },
      ...{ created_at: toDate(row.created_at), updated_at: toDate(row.updated_at) },
    }));
  }

  /** The tree, which nobody else changes until the transaction ends: its rows are locked, and one is always there. */
  async function lockedTree(kind: string): Promise<Category[]> {
    await db.execute('UPDATE category SET kind = kind WHERE kind = ?', [kind]);
    return tree(kind);
  }

  /** @throws category.not_found */
  async function kindOf(id: string): Promise<string> {
    const [row] = await db.query<Category>('SELECT kind FROM category WHERE id = ?', [id]);
    if (!row) throw categoryError('not_found', { id });
    return row.kind;
  }

  const add = (rows: readonly Category[], onConflict?: { keys: string[] }): Promise<number> =>
    insertRows(
      db,
      { table: 'category', columns: [...columns, 'created_at', 'updated_at'], ...(onConflict ? { onConflict } : {}) },
      rows.map((row) => [...valuesOf(row), row.created_at, row.updated_at]),
    );

  async function save(category: Category): Promise<void> {
    const sets = columns.slice(1).map((column) => `${column} = ?`);
    const [id = '', ...values] = valuesOf(category);
    await db.execute(`UPDATE category SET ${sets.join(', ')}, updated_at = ? WHERE id = ?`, [...values, db.now(), id]);
  }

  /** Numbers the siblings anew; who only moves aside keeps the version. */
  async function place(siblings: readonly Category[], before: readonly Category[]): Promise<void> {
    for (const { id, position } of siblings) {
      if (before.find((one) => one.id === id)?.position === position) continue;
      await db.execute('UPDATE category SET position = ? WHERE id = ?', [position, id]);
    }
  }

  /** To the place asked for; without one it stays where it is, and comes last under a new parent. */
  async function move(before: Category[], from: Category, to: Category, position: number | undefined): Promise<void> {
    const stays = from.parent_id === to.parent_id;
    await place(withPlace(before, to, position ?? (stays ? from.position : undefined)), before);
    if (!stays) await place(renumbered(childrenOf(before, from.parent_id), from.id), before);
  }

  const record = (act: string, { id }: Category, { viewer, address }: By, detail: object): Promise<void> =>
    audit.record({
      ...{ actor: actorOf(viewer), action: `category.${act}`, target: `category:${id}`, result: 'ok', address, detail },
    });

  async function view(id: string): Promise<CategoryView> {
    const found = inOrder(await tree(await kindOf(id))).find(([category]) => category.id === id);
    if (!found) throw categoryError('not_found', { id });
    return shown(found);
  }

  /** One that others may name: there, of the version they know. @throws category.not_found, http.stale_version */
  async function current(id: string, version: number): Promise<{ before: Category[]; category: Category }> {
    const before = await lockedTree(await kindOf(id));
    const category = before.find((one) => one.id === id);
    if (!category) throw categoryError('not_found', { id });
    if (category.version !== version) throw httpError('stale_version');
    return { before, category };
  }

  /** @throws category.in_use with how many records there are, and which category could take them */
  async function replaceUses({ kind, id }: Category, heir: string | undefined, nodes: Category[]): Promise<void> {
    const count = await uses.count(kind, id);
    if (count > 0 && heir === undefined) {
      throw categoryError('in_use', { count, offer: nodes.find(({ is_default }) => is_default)?.id ?? null });
    }
    if (heir === undefined) return;
    if (!nodes.some((one) => one.id === heir && one.active && one.id !== id)) {
      throw fault('replace_with', 'not_found', 'expected another active category of the same tree');
    }
    await uses.replace(kind, id, heir);
  }

  return {
    /** Says where categories are used (`of` is the kind), before they are asked for. */
    usedBy: uses.add,

    /** A category that may be chosen. @param path of the field, for the answer @throws http.validation */
    async check(kind: CategoryKind, id: string, path = 'category_id'): Promise<void> {
      const found = (await tree(kind)).some((one) => one.id === id && one.active);
      if (!found) throw fault(path, 'category', 'there is no such category, or it is switched off');
    },

    /** The one that takes what nobody has placed. */
    async defaultOf(kind: CategoryKind): Promise<string> {
      const found = (await tree(kind)).find(({ is_default }) => is_default);
      if (!found) throw new Error(`The categories of ${kind} have no default: they were never begun`);
      return found.id;
    },

    /** The names from the top down to each category of a kind. */
    async paths(kind: CategoryKind): Promise<ReadonlyMap<string, string[]>> {
      const all = await tree(kind);
      return new Map(all.map(({ id }) => [id, pathTo(all, id).map(({ name }) => name)]));
    },

    /** A tree, each category after its parent. @throws paging.bad_cursor */
    async list({ kind, limit, cursor }: CategoryQuery): Promise<Page<CategoryView>> {
      const all = inOrder(await tree(kind));
      const after = cursor === undefined ? 0 : all.findIndex(([{ id }]) => id === textIn(cursor)) + 1;
      return toPage(all.slice(after), limit, ([{ id }]) => [id], shown);
    },

    /** @throws category.not_found */
    get: view,

    /** @throws category.name_taken, http.validation */
    add: ({ position, ...fields }: NewCategory, by: By): Promise<CategoryView> =>
      db.transact(async () => {
        const before = await lockedTree(fields.kind);
        const now = { created_at: db.now(), updated_at: db.now() };
        const category: Category = { id: newId(), ...fields, position: 0, is_default: false, version: 1, ...now };
        assertPlace(before, category);
        await add([category]);
        await place(withPlace(before, category, position), [...before, category]);
        await record('created', category, by, fields);
        return view(category.id);
      }),

    /** Also moves it, with all under it. @throws category.not_found, name_taken, http.stale_version, validation */
    change: (id: string, { version, position, ...fields }: ChangedCategory, by: By): Promise<CategoryView> =>
      db.transact(async () => {
        const { before, category } = await current(id, version);
        const next = { ...category, ...fields, version: version + 1 };
        if (category.is_default && !next.active) throw fault('active', 'default', 'the default stays active');
        assertPlace(before, next);
        await save(next);
        await move(before, category, next, position);
        await record('changed', next, by, { before: told(category), after: told(next) });
        return view(id);
      }),

    /** @throws category.not_found, has_children, in_use, http.stale_version, validation */
    remove: (id: string, { version, replace_with }: Removal, by: By): Promise<null> =>
      db.transact(async () => {
        const { before, category } = await current(id, version);
        if (category.is_default) throw fault('id', 'default', 'the default cannot be removed');
        if (childrenOf(before, id).length > 0) throw categoryError('has_children');
        await replaceUses(category, replace_with, before);
        await db.execute('DELETE FROM category WHERE id = ?', [id]);
        await place(renumbered(childrenOf(before, category.parent_id), id), before);
        await record('removed', category, by, { ...told(category), replace_with });
        return null;
      }),

    /** The defaults that come with the product; several processes may begin at once. */
    async begin(): Promise<void> {
      const now = { created_at: db.now(), updated_at: db.now() };
      const at = { parent_id: null, color: null, position: 0, active: true, is_default: true, version: 1, ...now };
      const rows = kinds.map((kind): Category => ({ id: `${kind}-unsorted`, kind, name: '未分类', ...at }));
      await db.transact(() => add(rows, { keys: ['id'] }));
    },
  };
}

const fault = (path: string, rule: string, message: string) => httpError('validation', [{ path, rule, message }]);

const renumbered = (siblings: readonly Category[], gone: string): Category[] =>
  siblings.filter(({ id }) => id !== gone).map((one, position) => ({ ...one, position }));

const told = ({ kind, name, parent_id, color, active }: Category) => ({ kind, name, parent_id, color, active });

const shown = ([category, level]: [Category, number]): CategoryView => {
  const { id, parent_id, name, position, active, is_default, version, updated_at } = category;
  return {
    ...{ id, parent_id, name, position, active, is_default, version, level, updated_at: iso(updated_at) },
    ...{ kind: category.kind as CategoryKind, color: category.color as CategoryView['color'] },
  };
};
