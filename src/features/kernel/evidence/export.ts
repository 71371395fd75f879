import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Anchor } from './anchors';
import { type Link, linkColumns, type Scalar, type StoredLink, toLink } from './chain';
import { checkpointsAfter } from './checkpoints';
import { fieldsOf } from './streams';
import type { VerifyDeps } from './verify';

/** The lines of an export file, in their order. `end` closes it: without it something was cut off. */
export type ExportLine =
  | { kind: 'export'; format: 1; corp: string; made_at: string; with_rows_of: string[] }
  | { kind: 'key'; key_id: string; public_key: string }
  | ({ kind: 'checkpoint' } & Record<string, unknown>)
  | { kind: 'anchor'; text: string }
  | ({ kind: 'link'; row?: Scalar[] | null } & Link)
  | { kind: 'end'; anchor: Anchor };

const pageSize = 2000;

export interface ExportOptions {
  /** The rows of these streams go with their links. */
  withRowsOf: string[];
  at: Date;
  /** Signs the last link that was written. */
  close(last: { n: number; link: string }): Promise<Anchor>;
}

/** Everything somebody else needs to check the chain: keys, signatures, anchors, links and rows. */
export async function* exportLines(deps: VerifyDeps, options: ExportOptions): AsyncGenerator<ExportLine> {
  const { withRowsOf, at } = options;
  yield { kind: 'export', format: 1, corp: deps.chain.corp, made_at: at.toISOString(), with_rows_of: withRowsOf };
  for (const key of await deps.keys.publicKeys()) yield { kind: 'key', ...key };
  for await (const checkpoint of allCheckpoints(deps)) yield { kind: 'checkpoint', ...checkpoint };
  for (const { text } of await deps.anchors.lines()) yield { kind: 'anchor', text };
  let last = { n: 0, link: deps.chain.genesis };
  const sql = `SELECT ${linkColumns.join(', ')} FROM evidence_link WHERE n > ? ORDER BY n LIMIT ?`;
  for (let from = Number.MIN_SAFE_INTEGER; ; ) {
    const links = (await deps.db.query<StoredLink>(sql, [from, pageSize])).map(toLink);
    const end = links.at(-1);
    if (!end) break;
    yield* await withRows(deps, links, withRowsOf);
    last = { n: end.n, link: end.link };
    from = end.n;
    await nextTurn();
  }
  yield { kind: 'end', anchor: await options.close(last) };
}

async function* allCheckpoints({ db }: VerifyDeps) {
  for (let id = Number.MIN_SAFE_INTEGER; ; ) {
    const page = await checkpointsAfter(db, id, pageSize);
    yield* page;
    const last = page.at(-1);
    if (!last) return;
    id = last.id;
  }
}

/** A row that is gone stands as null. */
async function withRows({ streams }: VerifyDeps, links: Link[], names: string[]): Promise<ExportLine[]> {
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
