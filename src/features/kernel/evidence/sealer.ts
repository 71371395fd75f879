import { seconds } from '../../../core/clock';
import { failpoint } from '../../../core/failpoints';
import type { Logger } from '../../../core/logger';
import { insertRows } from '../../../db/bulk';
import { type Database, placeholders, toDate, toSqlInstant } from '../../../db/database';
import type { HeldLease, Leases } from '../../../jobs';
import { type Chain, type Link, linkColumns } from './chain';
import { checkpointWhenDue, type Head } from './checkpoints';
import type { Keys, Signer } from './signing';
import { type EvidenceStream, type Streams, sealOf } from './streams';

export interface SealerDeps {
  db: Database;
  chain: Chain;
  keys: Keys;
  leases: Leases;
  streams: Streams;
  logger: Logger;
}

/** Rows per transaction: on SQLite everybody waits for it. */
const batchSize = 500;
const leaseName = 'evidence.seal';
const leaseMs = seconds(15);

/** The last link there is. */
export async function headOf(db: Database, { genesis }: Pick<Chain, 'genesis'>): Promise<Head> {
  const [row] = await db.query<{ n: number | string; link: string }>(
    'SELECT n, link FROM evidence_link ORDER BY n DESC LIMIT 1',
  );
  return row ? { n: Number(row.n), link: row.link } : { n: 0, link: genesis };
}

/**
 * Links everything that is pending, one sealer at a time in the whole fleet. A row is linked when it is seen, so one
 * with a lower id that was committed later comes later in the chain; it is linked once, for the pending row goes in
 * the same transaction. With `sign`, a checkpoint closes what no checkpoint covers yet.
 * @returns how many, or null while another process does it
 */
export async function sealPending(deps: SealerDeps, { sign = false } = {}): Promise<number | null> {
  let sealed = 0;
  const signer = await deps.keys.signer();
  const held = await deps.leases.hold(leaseName, leaseMs, async (lease, signal) => {
    for (const stream of await waiting(deps)) sealed += await sealStream(deps, stream, { lease, signal, signer });
    if (sign) await lease.step(async () => checkpoint(deps, signer, await headOf(deps.db, deps.chain), true));
  });
  return held ? sealed : null;
}

/** The streams of which a row is pending: the others cost no transaction. */
async function waiting({ db, streams }: SealerDeps): Promise<EvidenceStream[]> {
  const rows = await db.query<{ stream: string }>('SELECT DISTINCT stream FROM evidence_pending');
  const names = new Set(rows.map(({ stream }) => stream));
  return streams.all.filter(({ name }) => names.has(name));
}

const checkpoint = ({ db, chain }: SealerDeps, signer: Signer, head: Head, always = false): Promise<void> =>
  checkpointWhenDue({ db, corp: chain.corp, signer }, head, always);

interface Hold {
  lease: HeldLease;
  signal: AbortSignal;
  signer: Signer;
}

async function sealStream(deps: SealerDeps, stream: EvidenceStream, { lease, signal, signer }: Hold): Promise<number> {
  let sealed = 0;
  for (let after = Number.MIN_SAFE_INTEGER; ; ) {
    signal.throwIfAborted();
    const batch = await lease.step(() => sealBatch(deps, signer, { stream, after }));
    failpoint('evidence.sealed');
    sealed += batch.links;
    if (batch.last === undefined) return sealed;
    after = batch.last;
  }
}

async function pendingIds(db: Database, stream: string, after: number): Promise<number[]> {
  const rows = await db.query<{ row_id: number | string }>(
    'SELECT row_id FROM evidence_pending WHERE stream = ? AND row_id > ? ORDER BY row_id LIMIT ?',
    [stream, after, batchSize],
  );
  return rows.map(({ row_id }) => Number(row_id));
}

interface Batch {
  stream: EvidenceStream;
  after: number;
}

interface Sealed {
  links: number;
  /** The last row of a full batch; undefined when nothing more is pending. */
  last: number | undefined;
}

/** One transaction: what is pending, its links, a checkpoint when one is due; and it is pending no more. */
async function sealBatch(deps: SealerDeps, signer: Signer, { stream, after }: Batch): Promise<Sealed> {
  const { db, streams } = deps;
  const ids = await pendingIds(db, stream.name, after);
  if (ids.length === 0) return { links: 0, last: undefined };
  const linked = await streams.named('evidence_link', stream.name, ids);
  const open = ids.filter((id) => !linked.has(id));
  const links = await nextLinks(deps, stream, open);
  await insertRows(
    db,
    { table: 'evidence_link', columns: linkColumns },
    links.map((l) => [l.n, l.stream, l.row_id, l.form, toDate(l.sealed_at), l.leaf, l.link]),
  );
  const sql = `DELETE FROM evidence_pending WHERE stream = ? AND row_id IN (${placeholders(ids.length)})`;
  await db.execute(sql, [stream.name, ...ids]);
  const head = links.at(-1);
  if (head) await checkpoint(deps, signer, head);
  failpoint('evidence.linked');
  return { links: links.length, last: ids.length < batchSize ? undefined : ids.at(-1) };
}

/** A row that is gone before it was sealed is linked as gone: the chain says so for good. */
async function nextLinks(deps: SealerDeps, stream: EvidenceStream, ids: number[]): Promise<Link[]> {
  const { db, chain, streams, logger } = deps;
  const rows = await streams.read(stream, ids);
  if (rows.size < ids.length) {
    logger.error('evidence is gone before it was sealed', { stream: stream.name, rows: ids.length - rows.size });
  }
  const sealed_at = toSqlInstant(db.now());
  let { n, link: previous } = await headOf(db, chain);
  return ids.map((id) => {
    const { form, leaf } = sealOf(stream, id, rows.get(id));
    n += 1;
    previous = chain.next(previous, { n, sealed_at, leaf });
    return { n, stream: stream.name, row_id: id, form, sealed_at, leaf, link: previous };
  });
}
