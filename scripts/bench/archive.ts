import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sleep } from '../../src/core/clock';
import { createDataSource } from '../../src/db/data-source';
import { Database, toDate } from '../../src/db/database';
import { allEntities } from '../../src/entities';
import { archiveKeys, buildArchiveLibrary, sealMessage } from '../../test/support/archive-library/archive-library';
import { fillLibrary } from './archive-messages';
import type { Bench, BenchGround, Figure } from './figures';
import { median, round } from './figures';
import { inFolder, peakMemory, serverSettings, startHelper } from './processes';
import { startServer } from './server';

const leastShare = { SQLite: 0.6, MariaDB: 0.45 } as const;
const leastGain = 1.35;
const mostMemory = 600;
const mostStallMs = 100;
const unwrapper = join(__dirname, 'archive-unwrap.ts');

interface Round {
  perSecond: number;
  memory: number;
  stallMs: number;
}

/** Everything from the library's page to a message that can be found, against the RSA unwrapping alone. */
export const archive: Bench = {
  name: 'archive',
  about: '200,000 messages pulled, opened, sealed, stored, chained, indexed and scanned',
  async run(ground) {
    const messages = ground.quick ? 20_000 : 200_000;
    const key = archiveKeys(1);
    const library = buildArchiveLibrary();
    try {
      fillLibrary(library, key, messages);
      mkdirSync(join(library.folder, 'keys'));
      writeFileSync(join(library.folder, 'keys', '1.pem'), key.pem);
      const limit = () => unwrapLimit(key, ground.quick ? 2000 : 5000);
      const place = { library, messages };
      const turns: Turn[] = [];
      for (let n = 0; n < (ground.quick ? 1 : 3); n++) {
        const before = await limit();
        const two = await oneRound(ground, place, 2);
        // The machine is not always as quick as it was.
        const both = (before + (await limit())) / 2;
        turns.push({ limit: both, two, one: await oneRound(ground, place, 1) });
      }
      return figuresOf(ground, turns, messages);
    } finally {
      library.drop();
    }
  },
};

/** What two processes unwrap a second that do nothing else: no archive on two cores can be quicker. */
async function unwrapLimit(key: ReturnType<typeof archiveKeys>, ms: number): Promise<number> {
  const seal = (n: number) => sealMessage('{}', { ...key, seq: String(n), msgid: String(n) }).encrypt_random_key;
  const sealed = Array.from({ length: 200 }, (_, n) => seal(n));
  const helpers = [1, 2].map(() => startHelper<object, number>(unwrapper));
  const rates = await Promise.all(helpers.map((helper) => helper.ask({ pem: key.pem, sealed, ms })));
  for (const helper of helpers) await helper.stop();
  return rates.reduce((sum, rate) => sum + rate, 0);
}

interface Place {
  library: ReturnType<typeof buildArchiveLibrary>;
  messages: number;
}

const oneRound = (ground: BenchGround, { library, messages }: Place, processes: number): Promise<Round> =>
  inFolder((dir) =>
    ground.freshDatabase(async (databaseUrl) => {
      const server = await startServer({
        ...serverSettings({ dir, databaseUrl, apiBase: 'http://127.0.0.1:9' }),
        WECOM_ARCHIVE_SECRET: library.folder,
        WECOM_ARCHIVE_SDK_PATH: library.path,
        WECOM_ARCHIVE_KEYS_DIR: join(library.folder, 'keys'),
        WECOM_ARCHIVE_PROCESSES: String(processes),
      });
      try {
        const ms = await openedIn(databaseUrl, messages);
        const stallMs = await stallOf(server.url);
        return { perSecond: (messages * 1000) / ms, memory: peakMemory(server.pid) ?? 0, stallMs };
      } finally {
        await server.stop();
      }
    }),
  );

/** From the first question to the last message opened, by the tables themselves. */
async function openedIn(url: string, messages: number): Promise<number> {
  const source = await createDataSource(url, allEntities);
  const db = new Database(await source.initialize());
  try {
    for (;;) {
      await sleep(500);
      const [cursor] = await db.query<{ last_id: unknown; answered_at: unknown }>(
        "SELECT last_id, answered_at FROM archive_cursor WHERE name = 'open'",
      );
      if (Number(cursor?.last_id ?? 0) < messages) continue;
      const [pull] = await db.query<{ asked_at: unknown }>('SELECT MIN(asked_at) AS asked_at FROM archive_pull');
      const [stored] = await db.query<{ n: unknown }>('SELECT COUNT(*) AS n FROM archive_message');
      if (Number(stored?.n) !== messages) throw new Error(`${stored?.n} of ${messages} messages are stored`);
      return toDate(cursor?.answered_at).getTime() - toDate(pull?.asked_at).getTime();
    }
  } finally {
    await source.destroy();
  }
}

/** How long the event loop of the server stood still at most while it caught up, p99 of its own metric. */
async function stallOf(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(/^nodejs_eventloop_lag_p99_seconds ([\d.e-]+)/m.exec(text)?.[1] ?? Number.NaN) * 1000;
}

/** Two processes beside what was the limit around them, and one. */
interface Turn {
  limit: number;
  two: Round;
  one: Round;
}

function figuresOf({ on }: BenchGround, turns: Turn[], messages: number): Figure[] {
  const middle = (of: (turn: Turn) => number): number => median(turns.map(of));
  const share = middle(({ two, limit }) => two.perSecond / limit);
  const gain = middle(({ two, one }) => two.perSecond / one.perSecond);
  const memory = Math.max(...turns.map(({ two }) => two.memory));
  const stall = Math.max(...turns.map(({ two }) => two.stallMs));
  const limits = turns.map(({ limit }) => Math.round(limit)).join(', ');
  return [
    {
      name: `${messages} messages, from the library's page to found and proven`,
      on,
      value: middle(({ two }) => two.perSecond),
      unit: 'messages/s',
      baseline: {
        name: `RSA-2048 unwrapping alone on two cores (${limits})`,
        value: middle(({ limit }) => limit),
        ratio: share,
      },
      target: { text: `≥ ${leastShare[on] * 100} %`, met: share >= leastShare[on] },
      rounds: turns.map(({ two }) => Math.round(two.perSecond)),
    },
    {
      name: 'the same with two processes that open',
      on,
      value: gain,
      unit: 'x of one process',
      target: { text: `≥ ${leastGain}`, met: gain >= leastGain },
      rounds: turns.map(({ two, one }) => round(two.perSecond / one.perSecond)),
    },
    {
      name: 'peak memory of the server beside its children',
      on,
      value: memory,
      unit: 'MB',
      target: { text: `≤ ${mostMemory} MB`, met: memory <= mostMemory },
    },
    {
      name: 'event loop of the server, p99 of its lag meanwhile',
      on,
      value: stall,
      unit: 'ms',
      target: { text: `≤ ${mostStallMs} ms`, met: stall <= mostStallMs },
    },
  ];
}
