import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Database } from '../../../db/database';
import type { AnchorStore } from './anchors';
import { type Chain, type Link, linkColumns, type StoredLink, toLink } from './chain';
import { ChainCheck } from './chain-check';
import { type Checkpoint, checkpointsAfter, type Head } from './checkpoints';
import { committed } from './committed';
import type { Fault } from './faults';
import { IdSet } from './id-set';
import type { Keys } from './signing';
import { type EvidenceStream, fieldsOf, goneForm, type StoredRow, type Streams } from './streams';

export interface Verdict {
  ok: boolean;
  /** Links, each with its row. */
  checked: number;
  /** At most 1,000 of them. */
  faults: Fault[];
  fault_count: number;
  /** Where it began: 0, or the link that the verification before it ended with. */
  after: number;
  /** The last link. */
  head: Head;
  checkpoints: number;
  anchors: number;
  /** Those that can be asked, and how many anchors they hold; null: not to be reached, so nothing was compared. */
  witnesses: { name: string; anchors: number | null }[];
}

export interface VerifyDeps {
  db: Database;
  chain: Chain;
  keys: Keys;
  streams: Streams;
  anchors: AnchorStore;
}

export interface VerifyOptions {
  /** Only what came after this link, which an earlier verification has seen. */
  after?: Head | undefined;
  signal?: AbortSignal | undefined;
  progress?: ((done: number) => Promise<void>) | undefined;
}

/** Links at once; between them others get their turn. */
const pageSize = 2000;

/** Reads every link and every row, and names what does not fit. Nothing is written. */
export async function verifyChain(deps: VerifyDeps, options: VerifyOptions = {}): Promise<Verdict> {
  const { after } = options;
  const check = new ChainCheck(deps.chain, after);
  if (after) await committed(deps.db, () => begin(deps.db, check, after));
  const signed = await checkSignatures(deps, check, after);
  const seen = await checkLinks(deps, check, options);
  check.end();
  for (const stream of deps.streams.all) {
    await findStrangers(deps, check, { stream, seen: seen.get(stream.name) ?? new IdSet(), after: after?.n });
  }
  const { faults, checked, head } = check;
  return {
    ok: faults.count === 0,
    checked,
    faults: faults.listed,
    fault_count: faults.count,
    after: after?.n ?? 0,
    head,
    ...signed,
  };
}

/** The link to go on from is still the same. */
async function begin(db: Database, check: ChainCheck, { n, link }: Head): Promise<void> {
  const [row] = await db.query<{ link: string }>('SELECT link FROM evidence_link WHERE n = ?', [n]);
  if (row?.link !== link) check.faults.add({ kind: row ? 'rebuilt' : 'gap', n, detail: 'since the last verification' });
}

type Signed = Pick<Verdict, 'checkpoints' | 'anchors' | 'witnesses'>;

/** @returns how many there are */
async function checkSignatures({ db, keys, anchors }: VerifyDeps, check: ChainCheck, after?: Head): Promise<Signed> {
  const { keys: trusted, false: strange } = await keys.trusted();
  for (const id of strange) check.faults.add({ kind: 'unknown_key', detail: `key ${id} is not ours` });
  let previous: Checkpoint | undefined;
  let count = 0;
  for (let id = Number.MIN_SAFE_INTEGER; ; ) {
    const page = await committed(db, () => checkpointsAfter(db, id, pageSize));
    for (const one of page) {
      if (!after || one.n > after.n) check.checkpoint(one, previous, trusted.get(one.key_id));
      previous = one;
      count += 1;
    }
    const last = page.at(-1);
    if (!last) break;
    id = last.id;
  }
  return { checkpoints: count, ...(await checkAnchors(anchors, check, (keyId) => trusted.has(keyId))) };
}

/** Witnesses are asked first: what comes meanwhile is in the folder before they have it. */
async function checkAnchors(
  anchors: AnchorStore,
  check: ChainCheck,
  knows: (keyId: string) => boolean,
): Promise<Omit<Signed, 'checkpoints'>> {
  const testimonies = await anchors.testimonies();
  const lines = await anchors.lines();
  check.anchors(lines, knows);
  for (const testimony of testimonies) check.copies(testimony, lines, knows);
  const witnesses = testimonies.map(({ witness: name, copies }) => ({ name, anchors: copies?.length ?? null }));
  return { anchors: lines.length, witnesses };
}

/** @returns the rows each stream has in the chain */
async function checkLinks(deps: VerifyDeps, check: ChainCheck, options: VerifyOptions): Promise<Map<string, IdSet>> {
  const seen = new Map(deps.streams.all.map(({ name }) => [name, new IdSet()]));
  const sql = `SELECT ${linkColumns.join(', ')} FROM evidence_link WHERE n > ? ORDER BY n LIMIT ?`;
  for (let from = options.after?.n ?? Number.MIN_SAFE_INTEGER; ; ) {
    options.signal?.throwIfAborted();
    const { links, rows } = await committed(deps.db, async () => {
      const page = (await deps.db.query<StoredLink>(sql, [from, pageSize])).map(toLink);
      return { links: page, rows: await rowsOf(deps.streams, page) };
    });
    const last = links.at(-1);
    if (!last) return seen;
    for (const link of links) {
      check.link(link);
      checkRow(deps.streams, check, link, { seen: seen.get(link.stream), rows: rows.get(link.stream) });
    }
    from = last.n;
    await options.progress?.(check.checked);
    await nextTurn();
  }
}

async function rowsOf(streams: Streams, links: Link[]): Promise<Map<string, Map<number, StoredRow>>> {
  const ids = new Map<string, number[]>();
  for (const { stream, row_id } of links) {
    const known = ids.get(stream);
    if (known) known.push(row_id);
    else ids.set(stream, [row_id]);
  }
  const rows = new Map<string, Map<number, StoredRow>>();
  for (const [name, wanted] of ids) {
    const stream = streams.get(name);
    if (stream) rows.set(name, await streams.read(stream, wanted));
  }
  return rows;
}

interface Around {
  seen: IdSet | undefined;
  rows: Map<number, StoredRow> | undefined;
}

function checkRow(streams: Streams, check: ChainCheck, link: Link, { seen, rows }: Around): void {
  const { n, stream: name, row_id, form } = link;
  const about = { n, stream: name, row_id };
  const stream = streams.get(name);
  if (!stream) return void check.faults.add({ kind: 'unknown_stream', ...about });
  const row = rows?.get(row_id);
  if (row && seen?.add(row_id) === false) check.faults.add({ kind: 'duplicate', ...about });
  if (!row || form === goneForm) return void check.faults.add({ kind: 'deleted', ...about });
  const fields = fieldsOf(stream, form, row);
  if (!fields) return void check.faults.add({ kind: 'unknown_form', ...about });
  check.content(link, fields);
}

interface Search {
  stream: EvidenceStream;
  /** Rows that are there and in the chain. */
  seen: IdSet;
  /** Undefined: look at every row. */
  after: number | undefined;
}

/**
 * Rows that are in no link and not waiting for one. They are counted page by page; only where there are more than the
 * chain knows is each looked at.
 */
async function findStrangers(deps: VerifyDeps, check: ChainCheck, search: Search): Promise<void> {
  for (let from = await firstToLookAt(deps.db, search); ; ) {
    const after = from;
    const last = await committed(deps.db, () => lookAtPage(deps, check, search, after));
    if (last === undefined) return;
    from = last;
    await nextTurn();
  }
}

/** @returns the last id of the page; undefined when there are no more rows */
async function lookAtPage(
  deps: VerifyDeps,
  check: ChainCheck,
  search: Search,
  after: number,
): Promise<number | undefined> {
  const { stream, seen } = search;
  const [first] = await deps.streams.ids(stream, after, { limit: 1 });
  if (first === undefined) return undefined;
  const { last, count } = seen.pageOf(first);
  if ((await deps.streams.count(stream, first, last)) !== count) await lookAtEach(deps, check, search, first);
  return last;
}

/** The rows of one page. */
async function lookAtEach({ streams }: VerifyDeps, check: ChainCheck, search: Search, first: number): Promise<void> {
  const { stream, seen } = search;
  const ids = await streams.ids(stream, first - 1, { upTo: seen.pageOf(first).last });
  const unknown = ids.filter((id) => !seen.has(id));
  // In this order: the sealer may take a row from one to the other meanwhile.
  const pending = await streams.named('evidence_pending', stream.name, unknown);
  const linked = await streams.named('evidence_link', stream.name, unknown);
  for (const id of unknown) {
    if (!pending.has(id) && !linked.has(id)) check.faults.add({ kind: 'inserted', stream: stream.name, row_id: id });
  }
}

async function firstToLookAt(db: Database, { stream, seen, after }: Search): Promise<number> {
  if (after === undefined) return Number.MIN_SAFE_INTEGER;
  const [known] = await db.query<{ row_id: number | string }>(
    'SELECT row_id FROM evidence_link WHERE stream = ? AND n <= ? ORDER BY row_id DESC LIMIT 1',
    [stream.name, after],
  );
  return Math.min(seen.lowest - 1, known ? Number(known.row_id) : Number.MIN_SAFE_INTEGER);
}
