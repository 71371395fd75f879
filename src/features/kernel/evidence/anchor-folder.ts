import { mkdir, open, readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { type Clock, shanghaiDay } from '../../../core/clock';
import { type AnchorLine, type AnchorStore, parseAnchor } from './anchors';

interface Deps {
  dir: string;
  databaseUrl: string;
  clock: Clock;
}

const fileName = /^anchors-\d{4}-\d{2}-\d{2}\.jsonl$/;

/** A folder with a file a day; lines are only ever added. */
export function createAnchorFolder({ dir, databaseUrl, clock }: Deps): AnchorStore {
  return {
    async lines() {
      const texts: string[] = [];
      for (const name of await filesIn(dir)) texts.push(...wholeLines(await readFile(join(dir, name), 'utf8')));
      return texts.map((text): AnchorLine => ({ text, anchor: parseAnchor(text) }));
    },

    async append(text) {
      await mkdir(dir, { recursive: true, mode: 0o700 });
      await appendLine(join(dir, `anchors-${shanghaiDay(clock.now())}.jsonl`), text);
    },

    testimonies: async () => [],
    behind: () => [],

    async onDiskOfDatabase() {
      if (!databaseUrl.startsWith('sqlite:')) return null;
      const file = databaseUrl.slice('sqlite:'.length);
      if (file === ':memory:') return null;
      const [mine, its] = await Promise.all([deviceOf(resolve(dir)), deviceOf(dirname(resolve(file)))]);
      return mine === its;
    },
  };
}

async function filesIn(dir: string): Promise<string[]> {
  try {
    return (await readdir(dir)).filter((name) => fileName.test(name)).sort();
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

/** The last line of a file whose writer died in the middle does not count. */
const wholeLines = (text: string): string[] =>
  text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .filter(Boolean);

/** On disk before it returns; what a writer that died left half-written goes first. */
async function appendLine(file: string, text: string): Promise<void> {
  const handle = await open(file, 'a+', 0o600);
  try {
    const before = await handle.readFile('utf8');
    const whole = before.slice(0, before.lastIndexOf('\n') + 1);
    if (whole.length < before.length) await handle.truncate(Buffer.byteLength(whole));
    await handle.appendFile(`${text}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** The disk of a folder, or of where it will be made. */
async function deviceOf(path: string): Promise<number> {
  try {
    return (await stat(path)).dev;
  } catch (error) {
    if (!isMissing(error) || dirname(path) === path) throw error;
    return deviceOf(dirname(path));
  }
}

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';
