import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Anchor } from './anchors';
import { type Link, linkColumns, type Scalar, type StoredLink, toLink } from './chain';
import { checkpointsAfter, type Head } from './checkpoints';
import { committed } from './committed';
import { fieldsOf } from './streams';
import type { VerifyDeps } from './verify';

type LinkLine = { kind: 'link'; row?: Scalar[] | null } & Link;

/** The lines of an export file, in their order. */
type ExportLine =
  | { kind: 'export'; format: 1; corp: string; made_at: string; with_rows_of: string[] }
  | { kind: 'key'; key_id: string; public_key: string }
  | ({ kind: 'checkpoint' } & Record<string, unknown>)
  | { kind: 'anchor'; text: string }
  | LinkLine
  | { kind: 'end'; anchor: Anchor; lines: number; digest: string; sig: string };

/** What closes a file signs: every byte before it. */
export const closingStatement = (corp: string, lines: number, digest: string): string =>
  JSON.stringify(['export', 1, corp, lines, digest]);

const pageSize = 2000;

export interface ExportOptions {
  /** The rows of these streams go with their links. */
  withRowsOf: string[];
  at: Date;
  /** An anchor of the last link that was written. */
  anchor(last: Head): Promise<Anchor>;
}

/** Everything somebody else needs to check the chain: keys, signatures, anchors, links and rows, as lines of text. */
export async function* exportLines(deps: VerifyDeps, options: ExportOptions): AsyncGenerator<string> {
  const { corp } = deps.chain;
  const digest = createHash('sha256');
  const last = { n: 0, link: deps.chain.genesis };
  let lines = 0;
  for await (const line of linesBeforeEnd(deps, options)) {
    if (line.kind === 'link') Object.assign(last, { n: line.n, link: line.link });
    const text = JSON.stringify(line);
    digest.update(`${text}\n`);
    lines += 1;
    yield text;
  }
  const sum = digest.digest('hex');
  const sig = (await deps.keys.signer()).sign(closingStatement(corp, lines, sum));
  const end: ExportLine = { kind: 'end', anchor: await options.anchor(last), lines, digest: sum, sig };
  yield JSON.stringify(end);
}

async function* linesBeforeEnd(deps: VerifyDeps, { withRowsOf, at }: ExportOptions): AsyncGenerator<ExportLine> {
  yield { kind: 'export', format: 1, corp: deps.chain.corp, made_at: at.toISOString(), with_rows_of: withRowsOf };
  // The key that closes the file may be made for it.
  await deps.keys.signer();
  for (const key of await deps.keys.publicKeys()) yield { kind: 'key', ...key };
  for await (const checkpoint of allCheckpoints(deps)) yield { kind: 'checkpoint', ...checkpoint };
  for (const { text } of await deps.anchors.lines()) yield { kind: 'anchor', text };
  const sql = `SELECT ${linkColumns.join(', ')} FROM evidence_link WHERE n > ? ORDER BY n LIMIT ?`;
  for (let from = Number.MIN_SAFE_INTEGER; ; ) {
    const lines = await committed(deps.db, async () => {
      const links = (await deps.db.query<StoredLink>(sql, [from, pageSize])).map(toLink);
      return withRows(deps, links, withRowsOf);
    });
    const end = lines.at(-1);
    if (!end) return;
    yield* lines;
    from = end.n;
    await nextTurn();
  }
}

async function* allCheckpoints({ db }: VerifyDeps) {
  for (let id = Number.MIN_SAFE_INTEGER; ; ) {
    const page = await committed(db, () => checkpointsAfter(db, id, pageSize));
    yield* page;
    const last = page.at(-1);
    if (!last) return;
    id = last.id;
  }
}

/** A row that is gone stands as null. */
async function withRows({ streams }: VerifyDeps, links: Link[], names: string[]): Promise<LinkLine[]> {
  const rows = new Map<string, (link: Link) => Scalar[] | null>();
  for (const name of names) {
    const stream = streams.get(name);
    if (!stream) continue;
    const ids = links.filter((link) => link.stream === name).map(({ row_id }) => row_id);
    const found = await streams.read(stream, ids);
    rows.set(name, ({ form, row_id }) => {
      const row = found.get(row_id);
      return (row && fieldsOf(stream, form, row)) ?? null;
    });
  }
  return links.map((link) => {
    const row = rows.get(link.stream);
    return row ? { kind: 'link', ...link, row: row(link) } : { kind: 'link', ...link };
  });
}
