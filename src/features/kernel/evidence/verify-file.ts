import { createHash, type KeyObject } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { type AnchorLine, parseAnchor } from './anchors';
import { chainOf, type Link, type Scalar } from './chain';
import { ChainCheck } from './chain-check';
import type { Checkpoint } from './checkpoints';
import { closingStatement } from './export';
import { isSigned, keyIdOf, publicKeyOf } from './signing';
import type { Verdict } from './verify';

/** The verdict on a file, and the keys it was signed with: whether they are the company's the reader must know. */
export type FileVerdict = Pick<Verdict, 'ok' | 'checked' | 'faults' | 'fault_count'> & {
  corp: string | null;
  keys: string[];
};

type Line = Record<string, unknown>;

/** Checks an export without any database. */
export async function verifyFile(path: string): Promise<FileVerdict> {
  const reader = new FileReader();
  const lines = createInterface({ input: createReadStream(path, 'utf8'), crlfDelay: Number.POSITIVE_INFINITY });
  for await (const text of lines) reader.take(text);
  return reader.verdict();
}

/** Signatures stand before the links, so that one pass is enough. */
class FileReader {
  #check: ChainCheck | undefined;
  #corp: string | null = null;
  #withRowsOf = new Set<string>();
  readonly #keys = new Map<string, KeyObject>();
  readonly #anchors: AnchorLine[] = [];
  #previous: Checkpoint | undefined;
  #links = false;
  #end = false;
  #unreadable = 0;
  readonly #digest = createHash('sha256');
  #lines = 0;

  take(text: string): void {
    const line = parsed(text);
    if (!line || this.#end || !this.#understand(line)) this.#unreadable += 1;
    if (!this.#end) this.#digest.update(`${text}\n`);
    this.#lines += 1;
  }

  /** @returns false for a line that has no place here */
  #understand(line: Line): boolean {
    if (line.kind === 'export') return this.#begin(line);
    const check = this.#check;
    if (!check) return false;
    if (line.kind === 'link') return this.#link(check, line);
    if (line.kind === 'end') return this.#close(check, line);
    return !this.#links && this.#signature(check, line);
  }

  #begin({ corp, format, with_rows_of }: Line): boolean {
    if (this.#check || typeof corp !== 'string' || format !== 1) return false;
    this.#corp = corp;
    this.#withRowsOf = new Set(Array.isArray(with_rows_of) ? with_rows_of.map(String) : []);
    this.#check = new ChainCheck(chainOf(corp));
    return true;
  }

  #signature(check: ChainCheck, line: Line): boolean {
    if (line.kind === 'key') return this.#key(String(line.key_id), String(line.public_key));
    if (line.kind === 'anchor') {
      const text = String(line.text);
      this.#anchors.push({ text, anchor: parseAnchor(text) });
      return true;
    }
    if (line.kind !== 'checkpoint') return false;
    const { kind: _, ...rest } = line;
    const checkpoint = rest as unknown as Checkpoint;
    check.checkpoint(checkpoint, this.#previous, this.#keys.get(String(checkpoint.key_id)));
    this.#previous = checkpoint;
    return true;
  }

  #key(keyId: string, publicKey: string): boolean {
    if (keyIdOf(publicKey) !== keyId) return false;
    try {
      this.#keys.set(keyId, publicKeyOf(publicKey));
      return true;
    } catch {
      return false;
    }
  }

  #link(check: ChainCheck, line: Line): boolean {
    if (!isLink(line)) return false;
    if (!this.#links) check.anchors(this.#anchors, (keyId) => this.#keys.has(keyId));
    this.#links = true;
    check.link(line);
    if (!this.#withRowsOf.has(line.stream)) return true;
    if (Array.isArray(line.row)) check.content(line, line.row as Scalar[]);
    else check.faults.add({ kind: 'deleted', n: line.n, stream: line.stream, row_id: line.row_id });
    return true;
  }

  /** An anchor names the last link, and a signature of its key covers every line. */
  #close(check: ChainCheck, { anchor: end, lines, digest, sig }: Line): boolean {
    this.#end = true;
    const text = JSON.stringify(end);
    const anchor = parseAnchor(text);
    check.anchors([{ text, anchor }], (keyId) => this.#keys.has(keyId));
    const key = anchor && this.#keys.get(anchor.key_id);
    const sum = this.#digest.digest('hex');
    const same = lines === this.#lines && digest === sum;
    if (!key || !same || !isSigned(key, closingStatement(this.#corp ?? '', this.#lines, sum), String(sig))) {
      check.faults.add({ kind: 'signature', detail: 'the file as a whole' });
    }
    if (anchor?.n === check.head.n && anchor.link !== check.head.link) {
      check.faults.add({ kind: 'rebuilt', n: anchor.n, detail: 'the end of the file' });
    }
    return true;
  }

  verdict(): FileVerdict {
    const check = this.#check ?? new ChainCheck(chainOf(''));
    if (!this.#end) check.faults.add({ kind: 'tail_missing', detail: 'the file does not end as it should' });
    if (this.#unreadable > 0) check.faults.add({ kind: 'unreadable', detail: `${this.#unreadable} lines` });
    check.end();
    const { faults, checked } = check;
    return {
      ok: faults.count === 0,
      checked,
      faults: faults.listed,
      fault_count: faults.count,
      corp: this.#corp,
      keys: [...this.#keys.keys()],
    };
  }
}

function parsed(text: string): Line | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Line) : undefined;
  } catch {
    return undefined;
  }
}

const isLink = (line: Line): line is Line & Link & { row?: unknown } =>
  ['n', 'row_id', 'form'].every((name) => Number.isSafeInteger(line[name])) &&
  ['stream', 'sealed_at', 'leaf', 'link'].every((name) => typeof line[name] === 'string');
