import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { seconds } from './clock';
import { createGate } from './gate';
import { noFormula } from './no-formula';

type Cell = string | number | null;
type Row = readonly Cell[];

export interface Sheet {
  name: string;
  columns: readonly { title: string; width: number }[];
  rows: Iterable<Row> | AsyncIterable<Row>;
}

export interface Book {
  sheets: readonly Sheet[];
  /** Stands above every sheet, on every printed page, and in the properties of the file (S18). */
  watermark: { name: string; at: string; exportId: string };
}

const program = join(__dirname, 'xlsx-worker.mjs');
/** More than any list of ours; a sheet of Excel ends at a million. */
const mostRows = 200_000;
/** What a cell of Excel can hold. */
const longestCell = 32_767;
const rowsAtOnce = 500;
const patience = seconds(30);
/** So many files are written at the same time: they must not take the whole machine. */
const pass = createGate(2);

/**
 * A workbook of plain texts and numbers, written by a thread of its own: no cell holds a formula or a link, whatever
 * its text says (S18, S20).
 * @throws Error when a sheet has more than 200,000 rows
 */
export const writeXlsx = (book: Book): Promise<Buffer> =>
  pass(async () => {
    const writer = startWriter();
    try {
      const parts: Uint8Array[] = [];
      for await (const order of ordersOf(book)) parts.push(...(await writer.ask(order)));
      return Buffer.concat(parts);
    } finally {
      await writer.stop();
    }
  });

type Order =
  | { kind: 'book'; mark: string; id: string }
  | { kind: 'sheet'; name: string; columns: Sheet['columns'] }
  | { kind: 'rows'; rows: Row[] }
  | { kind: 'end' };

async function* ordersOf({ sheets, watermark: { name, at, exportId } }: Book): AsyncGenerator<Order> {
  yield { kind: 'book', mark: cellText(`${name} · ${at} · ${exportId}`), id: exportId };
  for (const { name, columns, rows } of sheets) {
    yield { kind: 'sheet', name, columns: columns.map(({ title, width }) => ({ title: cellText(title), width })) };
    let count = 0;
    let batch: Row[] = [];
    for await (const row of rows) {
      count += 1;
      if (count > mostRows) throw new Error(`a sheet has no room for more than ${mostRows} rows`);
      batch.push(row.map((cell) => (typeof cell === 'string' ? cellText(cell) : cell)));
      if (batch.length < rowsAtOnce) continue;
      yield { kind: 'rows', rows: batch };
      batch = [];
    }
    yield { kind: 'rows', rows: batch };
  }
  yield { kind: 'end' };
}

/** What XML has no room for; left in, it would hide from the look for formulas and be dropped afterwards. */
const unwritable = /(?![\t\n\r])\p{Cc}|[\p{Cs}\uFFFE\uFFFF]/gu;
/** How Excel writes a sign by its number. */
const written = /_(?=x[\dA-Fa-f]{4}_)/g;

const cellText = (text: string): string =>
  noFormula(text.slice(0, longestCell).replace(unwritable, '')).replace(written, '_x005F_').slice(0, longestCell);

/** A thread that answers each order with what there is of the file by then. */
function startWriter() {
  const worker = new Worker(program, {
    ...{ env: {}, execArgv: [], stdout: true, stderr: true },
    resourceLimits: { maxOldGenerationSizeMb: 512 },
  });
  let answered: (parts: Uint8Array[]) => void = () => undefined;
  let failed: (error: Error) => void = () => undefined;
  worker.on('message', (parts: Uint8Array[]) => answered(parts));
  worker.on('error', (error: Error) => failed(error));
  worker.on('exit', () => failed(new Error('the writer of the workbook ended without an answer')));
  return {
    async ask(order: Order): Promise<Uint8Array[]> {
      const late = setTimeout(() => void worker.terminate(), patience);
      const answer = new Promise<Uint8Array[]>((resolve, reject) => {
        answered = resolve;
        failed = reject;
      });
      worker.postMessage(order);
      return answer.finally(() => clearTimeout(late));
    },
    stop: () => worker.terminate(),
  };
}
