import { inChunks } from '../../../db/bulk';
import { placeholders } from '../../../db/database';
import { type Link, linkColumns, type Scalar, type StoredLink, toLink } from './chain';
import { type Checkpoint, checkpointsAfter } from './checkpoints';
import { committed } from './committed';
import { fieldsOf } from './streams';
import type { VerifyDeps } from './verify';

/** What leads from single rows to a signature, in the order it is checked. */
export type InclusionLine =
  | { kind: 'chain'; corp: string; genesis: string }
  | { kind: 'key'; key_id: string; public_key: string }
  | { kind: 'anchor'; text: string }
  /** A row of a stream, and the link that fixes it. */
  | { kind: 'row'; stream: string; row_id: number; form: number; fields: Scalar[]; n: number }
  /** The link after this one follows from this hash. */
  | { kind: 'from'; n: number; link: string }
  | ({ kind: 'link' } & Pick<Link, 'n' | 'sealed_at' | 'leaf' | 'link'>)
  | ({ kind: 'checkpoint' } & Checkpoint);

const pageSize = 2000;

/** Links from `first` to `last`, which a checkpoint signs. */
interface Stretch {
  first: number;
  last: Checkpoint;
}

/**
 * The rows with these ids, and of the chain only the stretches that lead from each to the next signature: with them,
 * somebody else can check the rows without seeing the others. A row that no signature covers yet is left out.
 */
export async function* inclusionOf(
  deps: VerifyDeps,
  { stream, ids }: { stream: string; ids: readonly number[] },
): AsyncGenerator<InclusionLine> {
  const { corp, genesis } = deps.chain;
  yield { kind: 'chain', corp, genesis };
  for (const key of await deps.keys.publicKeys()) yield { kind: 'key', ...key };
  for (const { text } of await deps.anchors.lines()) yield { kind: 'anchor', text };
  const links = await linksOf(deps, stream, ids);
  yield* rowsOf(deps, stream, links);
  for (const stretch of stretchesOf(links, await checkpoints(deps))) yield* linesOf(deps, stretch);
}

async function linksOf({ db }: VerifyDeps, stream: string, ids: readonly number[]): Promise<Link[]> {
  const rows = await inChunks([...ids], (chunk) =>
    db.query<StoredLink>(
      `SELECT ${linkColumns.join(', ')} FROM evidence_link WHERE stream = ? AND row_id IN (${placeholders(chunk.length)})`,
      [stream, ...chunk],
    ),
  );
  return rows.map(toLink).sort((a, b) => a.n - b.n);
}

async function* rowsOf({ streams }: VerifyDeps, name: string, links: readonly Link[]): AsyncGenerator<InclusionLine> {
  const stream = streams.get(name);
  if (!stream) return;
  const rows = await streams.read(
    stream,
    links.map(({ row_id }) => row_id),
  );
  for (const { row_id, form, n } of links) {
    const row = rows.get(row_id);
    const fields = row && fieldsOf(stream, form, row);
    if (fields) yield { kind: 'row', stream: name, row_id, form, fields, n };
  }
}

async function checkpoints({ db }: VerifyDeps): Promise<Checkpoint[]> {
  const all: Checkpoint[] = [];
  for (let page = await checkpointsAfter(db, 0, pageSize); page.length > 0; ) {
    all.push(...page);
    page = await checkpointsAfter(db, (page.at(-1) as Checkpoint).id, pageSize);
  }
  return all;
}

/** In the order of the chain; links under one checkpoint share a stretch. */
function stretchesOf(links: readonly Link[], signed: readonly Checkpoint[]): Stretch[] {
  const stretches: Stretch[] = [];
  let at = 0;
  for (const { n } of links) {
    while ((signed[at]?.n ?? Number.POSITIVE_INFINITY) < n) at += 1;
    const last = signed[at];
    if (last && stretches.at(-1)?.last !== last) stretches.push({ first: n, last });
  }
  return stretches;
}

async function* linesOf({ db, chain }: VerifyDeps, { first, last }: Stretch): AsyncGenerator<InclusionLine> {
  const sql = `SELECT ${linkColumns.join(', ')} FROM evidence_link WHERE n BETWEEN ? AND ? ORDER BY n`;
  const links = await committed(db, async () => (await db.query<StoredLink>(sql, [first - 1, last.n])).map(toLink));
  const before = links[0]?.n === first - 1 ? links[0].link : chain.genesis;
  yield { kind: 'from', n: first - 1, link: before };
  for (const { n, sealed_at, leaf, link } of links.filter((one) => one.n >= first)) {
    yield { kind: 'link', n, sealed_at, leaf, link };
  }
  yield { kind: 'checkpoint', ...last };
}
