import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Evidence } from '../../kernel/evidence';
import type { MessageProofs, MessageReader, MessageView, StoredMessage } from '../conversations';
import { csvHead, csvLine } from './csv';
import { type ExportMedia, mediaPath } from './media';
import type { Selection, SelectionReport, Thread } from './selection.report';
import { transcriptFoot, transcriptHead, transcriptMessage, type Watermark } from './transcript';
import type { Zip } from './zip';

export interface PackageDeps {
  reader: Pick<MessageReader, 'read'>;
  proofs: MessageProofs;
  evidence: Pick<Evidence, 'inclusion' | 'sign'>;
  media: ExportMedia;
  show(stored: readonly StoredMessage[]): Promise<MessageView[]>;
  selected: SelectionReport;
}

/** What the manifest says beside the files. */
export interface About {
  export_id: string;
  watermark: string;
  corp: string;
  matter: string | null;
  reason: string;
  requested_by: string;
  approved_by: string | null;
  filters: object;
  created_at: string;
}

interface Order {
  selection: Selection;
  about: About;
  mark: Watermark;
  /** The stream of the batches. */
  stream: string;
  /** Told how many messages were written since it was told last; a message is written three times. */
  progress(messages: number): Promise<void>;
  signal: AbortSignal;
}

/** How often each message is written. */
export const passes = 3;

const verifier = join(__dirname, 'verify.mjs');

/** Everything that somebody needs who has nothing else: records, proofs, something to read, and what checks it (A12). */
export async function fillPackage(deps: PackageDeps, zip: Zip, order: Order): Promise<{ messages: number }> {
  const files = new Map<string, string>();
  const counted = { messages: 0, conversations: 0, first: null as string | null, last: null as string | null };
  await zip.add('messages.jsonl', records(deps, order, { files, counted }));
  await zip.add('proofs.jsonl', evidenceOf(deps, order));
  await zip.add('messages.csv', table(deps, order));
  for (const thread of await deps.selected.threads(order.selection)) {
    await zip.add(`transcripts/${thread.id}.html`, transcript(deps, order, thread));
    counted.conversations += 1;
  }
  for (const [path, sha256] of files) await zip.add(path, deps.media.open(sha256));
  await zip.add('verify.mjs', await readFile(verifier));
  await sign(deps, zip, { ...order.about, ...counted });
  return { messages: counted.messages };
}

interface Told {
  /** Files that the messages name: where they stand, and their hash. */
  files: Map<string, string>;
  counted: { messages: number; first: string | null; last: string | null };
}

async function* records(deps: PackageDeps, order: Order, told: Told): AsyncGenerator<string> {
  for await (const { ids, views } of pages(deps, order)) {
    const proofs = await deps.proofs.of(ids);
    for (const [i, view] of views.entries()) {
      const { fields, leaf, salted = null } = proofs[i] ?? {};
      yield `${JSON.stringify({ ...view, evidence: { leaf, fields, salted } })}\n`;
      count(told, view);
    }
    await order.progress(ids.length);
  }
}

function count({ files, counted }: Told, { sent_at, media }: MessageView): void {
  counted.messages += 1;
  counted.first = earlier(counted.first, sent_at);
  counted.last = later(counted.last, sent_at);
  for (const one of media) {
    const path = mediaPath(one);
    if (path && one.sha256) files.set(path, one.sha256);
  }
}

const earlier = (a: string | null, b: string): string => (a !== null && a < b ? a : b);
const later = (a: string | null, b: string): string => (a !== null && a > b ? a : b);

/** The way of each message to its batch, and of each batch to a signature. */
async function* evidenceOf(deps: PackageDeps, { selection, stream, signal }: Order): AsyncGenerator<string> {
  for await (const ids of deps.selected.ids(selection)) {
    signal.throwIfAborted();
    for (const { id, leaf, batch_id, steps } of await deps.proofs.of(ids)) {
      yield `${JSON.stringify({ kind: 'message', id, leaf, batch_id, steps })}\n`;
    }
  }
  const batches = await deps.selected.batches(selection);
  for await (const line of deps.evidence.inclusion(stream, batches)) yield `${JSON.stringify(line)}\n`;
}

async function* table(deps: PackageDeps, order: Order): AsyncGenerator<string> {
  yield csvHead();
  for await (const { views } of pages(deps, order)) {
    yield views.map(csvLine).join('');
    await order.progress(views.length);
  }
}

async function* transcript(deps: PackageDeps, order: Order, thread: Thread): AsyncGenerator<string> {
  yield transcriptHead(thread, order.mark);
  for await (const { views } of pages(deps, order, thread.id)) {
    yield views.map(transcriptMessage).join('');
    await order.progress(views.length);
  }
  yield transcriptFoot(order.mark);
}

async function* pages(deps: PackageDeps, { selection, signal }: Order, conversationId?: string) {
  for await (const ids of deps.selected.ids(selection, conversationId)) {
    signal.throwIfAborted();
    yield { ids, views: await deps.show(await deps.reader.read(ids)) };
  }
}

/** The manifest fixes every file; its signature the manifest. */
async function sign({ evidence }: PackageDeps, zip: Zip, about: object): Promise<void> {
  const files = [...zip.listed];
  const { text, sig } = await evidence.sign(
    (key) => `${JSON.stringify({ kind: 'archive-export', format: 1, ...about, ...key, files }, null, 2)}\n`,
  );
  await zip.add('manifest.json', text);
  await zip.add('manifest.sig', `${sig}\n`);
  await zip.add('SHA256SUMS', zip.listed.map(({ path, sha256 }) => `${sha256}  ${path}\n`).join(''));
}
