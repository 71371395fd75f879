import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { openSnapshot } from '../../src/db/snapshot';

/** Something that must stand nowhere in plain text, by what it is. */
export type Canaries = Record<string, string>;

/** The forms in which a text is still plain for whoever looks: bytes of two encodings, hex, base64, address, JSON. */
function formsOf(text: string): Buffer[] {
  const [utf8, utf16] = [Buffer.from(text), Buffer.from(text, 'utf16le')];
  const words = [
    ...[utf8, utf16].flatMap((bytes) => [bytes.toString('hex'), bytes.toString('hex').toUpperCase()]),
    ...[0, 1, 2].map((shift) => base64Inside(utf8, shift)),
    encodeURIComponent(text),
    JSON.stringify(text).slice(1, -1),
  ];
  return [utf8, utf16, ...words.map((word) => Buffer.from(word))];
}

/** What is left of the base64 of a longer text that holds it so many bytes from the start, whatever is around it. */
function base64Inside(bytes: Buffer, shift: number): string {
  const whole = Buffer.concat([Buffer.alloc(shift), bytes])
    .toString('base64')
    .replace(/=+$/, '');
  return whole.slice(Math.ceil((shift * 8) / 6), Math.floor(((shift + bytes.length) * 8) / 6) - 1);
}

/** @returns `<canary> in <place>` for each that is found */
export function hitsIn(bytes: Buffer, place: string, canaries: Canaries): string[] {
  return Object.entries(canaries)
    .filter(([, text]) => formsOf(text).some((form) => bytes.includes(form)))
    .map(([name]) => `${name} in ${place}`);
}

/** Every file below a folder. */
export function hitsInFolder(dir: string, canaries: Canaries): string[] {
  const files = readdirSync(dir, { recursive: true, encoding: 'utf8' }).map((name) => join(dir, name));
  return files
    .filter((file) => statSync(file).isFile())
    .flatMap((file) => hitsIn(readFileSync(file), file.slice(dir.length + 1), canaries));
}

/** Every column of every row, as a dump of the database holds them. */
export async function hitsInDump(url: string, canaries: Canaries): Promise<string[]> {
  const hits = new Set<string>();
  await eachColumn(url, (name, values) => {
    for (const hit of hitsIn(Buffer.from(values.join('\n')), name, canaries)) hits.add(hit);
  });
  return [...hits];
}

/** Columns in which a value stands that looks sealed. */
export async function sealedColumnsIn(url: string): Promise<string[]> {
  const found = new Set<string>();
  await eachColumn(url, (name, values) => {
    if (values.some((value) => /^v\d+\.[A-Za-z0-9+/]{38,}={0,2}$/.test(value))) found.add(name);
  });
  return [...found].sort();
}

/** Shows each column, as `table.column`, its values a few hundred at a time. */
async function eachColumn(url: string, look: (name: string, values: string[]) => void): Promise<void> {
  const snapshot = await openSnapshot(url);
  try {
    for (const table of snapshot.tables) {
      for await (const rows of snapshot.rows(table)) {
        table.columns.forEach(({ name }, i) => {
          look(
            `${table.name}.${name}`,
            rows.map((row) => String(row[i] ?? '')),
          );
        });
      }
    }
  } finally {
    await snapshot.close();
  }
}
