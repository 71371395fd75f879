import { setImmediate as nextTurn } from 'node:timers/promises';
import { rootOf } from '../../../core/merkle';
import type { Database } from '../../../db/database';
import type { Checked, CheckOptions, Found, Purges } from '../verification';
import type { ArchiveConflict, ArchiveEnvelope, ArchivePage } from './envelopes.entity';
import { leafOfEnvelope } from './envelopes.store';

const table = 'archive_envelope';
/** Rows read at once, unless one page has more. */
const mostRows = 2000;

interface Deps {
  db: Database;
  purges: Purges;
}

/**
 * Reads every page and every envelope again: each leaf, each root, and that ids have no holes and numbers their order.
 * One may be empty only by right; its leaf must still fit the root.
 * @param options.after the id of the last envelope that was seen
 */
export async function checkEnvelopes(deps: Deps, options: CheckOptions): Promise<Checked> {
  const { db } = deps;
  let last = options.after;
  let rows = 0;
  for (;;) {
    options.signal?.throwIfAborted();
    const part = await db.transact(() => checkPart(deps, last, options.found));
    if (!part) break;
    last = part.last;
    rows += part.rows;
    await options.progress?.(part.rows);
    await nextTurn();
  }
  return { rows: rows + (await checkConflicts(db, options.found)), last };
}

/** @returns undefined when there is nothing more */
async function checkPart({ db, purges }: Deps, after: number, found: Found): Promise<Checked | undefined> {
  const pages = await pagesAfter(db, after);
  const newest = pages.at(-1);
  if (!newest) return checkBeyond(db, after, found);
  const last = endOf(newest);
  const envelopes = await db.query<ArchiveEnvelope>(`SELECT * FROM ${table} WHERE id > ? AND id <= ? ORDER BY id`, [
    after,
    last,
  ]);
  const purged = await purges.purged(envelopes.filter(isEmpty).map(({ id }) => Number(id)));
  let end = after;
  for (const page of pages) {
    const id = Number(page.id);
    if (id > end + 1) found({ kind: 'MISSING', table: 'archive_page', id: end + 1, detail: `no page up to ${id - 1}` });
    const own = envelopes.filter((one) => Number(one.id) > end && Number(one.id) <= endOf(page));
    checkPage(page, own, { found, purged });
    end = endOf(page);
  }
  return { rows: envelopes.length, last };
}

const endOf = ({ id, count }: Pick<ArchivePage, 'id' | 'count'>): number => Number(id) + count - 1;

/** As many pages as hold that many rows, at least one. */
async function pagesAfter(db: Database, after: number): Promise<ArchivePage[]> {
  const pages = await db.query<ArchivePage>('SELECT * FROM archive_page WHERE id > ? ORDER BY id LIMIT 50', [after]);
  let rows = 0;
  return pages.filter(({ count }, i) => {
    rows += count;
    return i === 0 || rows <= mostRows;
  });
}

/** Envelopes that no page knows. Pages and their envelopes are committed together. */
async function checkBeyond(db: Database, after: number, found: Found): Promise<undefined> {
  const rows = await db.query<{ id: number | string }>(`SELECT id FROM ${table} WHERE id > ? ORDER BY id`, [after]);
  for (const { id } of rows) found({ kind: 'INSERTED', table, id: Number(id), detail: 'no page has it' });
}

const isEmpty = ({ random_key, message }: ArchiveEnvelope): boolean => random_key === '' && message === '';

interface Judged {
  found: Found;
  purged: ReadonlySet<number>;
}

function checkPage(page: ArchivePage, rows: readonly ArchiveEnvelope[], { found, purged }: Judged): void {
  const first = Number(page.id);
  const own = rows.filter(({ id }) => Number(id) >= first);
  const strangers = rows.filter(({ id }) => Number(id) < first);
  for (const { id } of strangers) found({ kind: 'INSERTED', table, id: Number(id), detail: 'no page has it' });
  checkOrder(page, own, found);
  const leaves = own.map((row) => (isEmpty(row) && purged.has(Number(row.id)) ? row.leaf : recomputed(row)));
  // What was hashed is sound as a whole: only the column of the hash can be at fault.
  const sound = leaves.length === page.count && rootOf(leaves) === page.root;
  const wrong = own.filter(({ leaf }, i) => leaf !== leaves[i]);
  for (const { id } of wrong) {
    found({ kind: sound ? 'LEAF' : 'CONTENT', table, id: Number(id), detail: `of page ${first}` });
  }
  if (!sound && wrong.length === 0 && own.length === page.count) {
    found({ kind: 'ROOT', table: 'archive_page', id: first, detail: `envelopes ${first} to ${endOf(page)}` });
  }
}

const recomputed = ({ seq, msgid, publickey_ver, random_key, message }: ArchiveEnvelope): string =>
  leafOfEnvelope({
    ...{ seq, msgid, publickey_ver: Number(publickey_ver) },
    ...{ encrypt_random_key: random_key, encrypt_chat_msg: message },
  });

/** Every id of the page is there, belongs to it, and its number follows the one before it. */
function checkOrder(page: ArchivePage, rows: readonly ArchiveEnvelope[], found: Found): void {
  const first = Number(page.id);
  const there = new Set(rows.map(({ id }) => Number(id)));
  for (let id = first; id <= endOf(page); id++) {
    if (!there.has(id)) found({ kind: 'MISSING', table, id, detail: `of page ${first}` });
  }
  let before = '';
  for (const { id, seq, page_id } of rows) {
    if (Number(page_id) !== first || seq <= before || seq < page.from_seq || seq > page.to_seq) {
      found({ kind: 'ORDER', table, id: Number(id), detail: `of page ${first}` });
    }
    before = seq;
  }
}

/** They are few. */
async function checkConflicts(db: Database, found: Found): Promise<number> {
  const rows = await db.query<ArchiveConflict>('SELECT * FROM archive_conflict ORDER BY id');
  for (const row of rows) {
    const leaf = recomputed({ ...row, page_id: 0 });
    if (leaf !== row.leaf)
      found({ kind: 'CONTENT', table: 'archive_conflict', id: Number(row.id), detail: 'its hash' });
  }
  return rows.length;
}
