import { setImmediate as nextTurn } from 'node:timers/promises';
import { rootOf } from '../../../core/merkle';
import type { Vault } from '../../../core/vault';
import { inChunks } from '../../../db/bulk';
import { type Database, placeholders, toDate } from '../../../db/database';
import { parseMessage } from '../../../wecom/archive/messages';
import type { Checked, CheckOptions, Found, Purges } from '../verification';
import { type BodyKeys, createBodyKeys } from './body-keys';
import { checkConservation } from './conservation-check';
import { checkConversations, checkTraces, nothingTold, type Told, tell } from './conversation-check';
import type { ArchiveBatch, ArchiveMessage } from './conversations.entity';
import { openedMessage, rowOf } from './conversations.store';
import { contentOf, leafOfMessage, plainIn } from './leaves';

export interface MessageCheckDeps {
  db: Database;
  vault: Vault;
  purges: Purges;
}

type Row = ArchiveMessage & { key_id: number | string | null; sealed: string | null };

const table = 'archive_message';
const fewBatches = 4;

/** Where an earlier check ended: in the batches, and in the envelopes. */
export interface MessageMarks {
  batch: number;
  envelope: number;
}

/**
 * Reads every message again: its leaf, the root of its batch, and its text against the hash in its row. A text may be
 * gone only by right. Every envelope is one message or one parked record. Read from the beginning, the conversations and
 * who takes part in them must follow from the messages.
 */
export async function checkMessages(
  deps: MessageCheckDeps,
  { after, ...options }: Omit<CheckOptions, 'after'> & { after: MessageMarks },
): Promise<Checked & { envelope: number }> {
  const keys = createBodyKeys(deps);
  const told = nothingTold();
  let last = after.batch;
  let rows = 0;
  for (;;) {
    options.signal?.throwIfAborted();
    const part = await deps.db.transact(() => checkPart({ ...deps, keys, told }, last, options.found));
    if (!part) break;
    last = part.last;
    rows += part.rows;
    await options.progress?.(part.rows);
    await nextTurn();
  }
  if (after.batch === 0) await checkConversations(deps.db, { ...told, lastBatch: last }, options);
  const envelope = await checkConservation(deps.db, { ...options, after: after.envelope });
  return { rows, last, envelope };
}

type PartDeps = MessageCheckDeps & { keys: BodyKeys; told: Told };

/** @returns undefined when there is nothing more */
async function checkPart(deps: PartDeps, after: number, found: Found): Promise<Checked | undefined> {
  const batches = await deps.db.query<ArchiveBatch>(
    `SELECT * FROM archive_batch WHERE id > ? ORDER BY id LIMIT ${fewBatches}`,
    [after],
  );
  const last = batches.at(-1);
  if (!last) return checkBeyond(deps.db, after, found);
  const rows = await deps.db.query<Row>(
    `SELECT m.*, b.key_id, b.sealed FROM ${table} m LEFT JOIN archive_body b ON b.id = m.id
     WHERE m.batch_id > ? AND m.batch_id <= ? ORDER BY m.batch_id, m.id`,
    [after, Number(last.id)],
  );
  const texts = await checkTexts(deps, rows, found);
  for (const row of rows) tell(deps.told, row, plainOf(texts.get(Number(row.id))));
  await checkTraces(deps.db, rows, found);
  let expected = after;
  for (const batch of batches) {
    expected += 1;
    const id = Number(batch.id);
    if (id !== expected) found({ kind: 'MISSING', table: 'archive_batch', id: expected, detail: `up to ${id - 1}` });
    expected = id;
    const own = rows.filter(({ batch_id }) => Number(batch_id) === id);
    await checkBatch(deps.db, batch, own, { texts, found });
  }
  const known = new Set(batches.map(({ id }) => Number(id)));
  for (const { id, batch_id } of rows.filter((row) => !known.has(Number(row.batch_id)))) {
    found({ kind: 'INSERTED', table, id: Number(id), detail: `there is no batch ${batch_id}` });
  }
  return { rows: rows.length, last: Number(last.id) };
}

/** Messages of batches that are not there. */
async function checkBeyond(db: Database, after: number, found: Found): Promise<undefined> {
  const rows = await db.query<{ id: number | string }>(
    `SELECT id FROM ${table} WHERE batch_id > ? OR batch_id < 1 ORDER BY id`,
    [after],
  );
  for (const { id } of rows) found({ kind: 'INSERTED', table, id: Number(id), detail: 'no batch has it' });
}

interface Naming {
  /** By message, after their salt. */
  texts: ReadonlyMap<number, string | null>;
  found: Found;
}

/** When the root does not fit, what was opened tells which row was changed. */
async function checkBatch(db: Database, batch: ArchiveBatch, rows: readonly Row[], naming: Naming): Promise<void> {
  const { texts, found } = naming;
  const id = Number(batch.id);
  if (rows.length !== batch.count) {
    const kind = rows.length < batch.count ? 'MISSING' : 'INSERTED';
    return found({ kind, table: 'archive_batch', id, detail: `${rows.length} of ${batch.count} messages` });
  }
  if (rootOf(rows.map((row) => leafOfMessage(row))) === batch.root) return;
  const seqs = await seqsOf(db, rows);
  const changed = rows.filter((row) => isChanged(row, texts.get(Number(row.id)) ?? null, seqs));
  for (const row of changed) found({ kind: 'CONTENT', table, id: Number(row.id), detail: `of batch ${id}` });
  if (changed.length > 0) return;
  const gone = rows.filter((row) => (texts.get(Number(row.id)) ?? null) === null).map((row) => row.id);
  found({ kind: 'ROOT', table: 'archive_batch', id, detail: gone.length > 0 ? `without text: ${gone}` : 'its rows' });
}

/** Of the envelopes, by id. */
async function seqsOf(db: Database, rows: readonly Row[]): Promise<Map<number, string>> {
  const found = await inChunks(
    rows.map(({ id }) => Number(id)),
    (chunk) =>
      db.query<{ id: number | string; seq: string }>(
        `SELECT id, seq FROM archive_envelope WHERE id IN (${placeholders(chunk.length)})`,
        chunk,
      ),
  );
  return new Map(found.map(({ id, seq }) => [Number(id), seq]));
}

const plainOf = (salted: string | null | undefined): string | null => (salted ? plainIn(salted) : null);

/** Whether a row is other than what its envelope and its own text make of it. */
function isChanged(row: Row, salted: string | null, seqs: ReadonlyMap<number, string>): boolean {
  const id = Number(row.id);
  const seq = seqs.get(id) ?? '';
  if (seq !== row.seq) return true;
  const plain = plainOf(salted);
  const message = plain === null ? undefined : parseMessage(plain);
  if (salted === null || plain === null || !message) return false;
  const opened = openedMessage({ id, seq, receivedAt: toDate(row.sent_at) }, plain, message);
  return leafOfMessage(rowOf(opened, contentOf(salted))) !== leafOfMessage(row);
}

/** @returns the texts by message, after their salt; null where there is none */
async function checkTexts(deps: PartDeps, rows: readonly Row[], found: Found): Promise<Map<number, string | null>> {
  const keys = await deps.keys.find(rows.flatMap(({ key_id }) => (key_id === null ? [] : [Number(key_id)])));
  const texts = new Map(rows.map((row) => [Number(row.id), textOf(deps, row, { keys, found })] as const));
  const gone = rows.filter(({ key_id, sealed }) => sealed === null || !keys.has(Number(key_id)));
  const purged = await deps.purges.purged(gone.map(({ id }) => Number(id)));
  for (const { id } of gone.filter((row) => !purged.has(Number(row.id)))) {
    found({ kind: 'MISSING', table: 'archive_body', id: Number(id), detail: 'nobody purged it' });
  }
  return texts;
}

interface Opening {
  keys: ReadonlyMap<number, Buffer>;
  found: Found;
}

function textOf({ vault }: PartDeps, { id, key_id, sealed, content }: Row, { keys, found }: Opening): string | null {
  const key = keys.get(Number(key_id));
  if (sealed === null || !key) return null;
  const fault = { kind: 'CONTENT', table: 'archive_body', id: Number(id) } as const;
  try {
    const text = vault.openUnder(key, sealed, { table: 'archive_body', column: 'sealed', id: String(id) });
    if (contentOf(text) === content) return text;
    found({ ...fault, detail: 'it is not the text that the message was stored with' });
    return text;
  } catch {
    found({ ...fault, detail: 'it does not open' });
    return null;
  }
}
