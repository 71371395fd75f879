import { join } from 'node:path';
import { sleep } from '../../src/core/clock';
import { createDataSource } from '../../src/db/data-source';
import { Database } from '../../src/db/database';
import { allEntities } from '../../src/entities';
import type { Pair } from '../lib/callbacks';
import type { LoadOrder, LoadResult } from './ack-load';
import type { Bench, BenchGround, Figure } from './figures';
import { median } from './figures';
import { inFolder, serverSettings, startHelper, startScript, type Worker } from './processes';

/** Measured one after the other, over and over. */
const receiving = ['bare', 'unstored', 'stored'] as const;
/** `all` also handles what it stored. */
type Variant = (typeof receiving)[number] | 'all';

const connections = 64;
const fastEnough = { SQLite: 0.7, MariaDB: 0.55 };
const leastPerSecond = 1000;
const slowestMs = 200;

/** I2: how fast callbacks are acknowledged, against a bare handler and against the same route that stores nothing. */
export const ack: Bench = {
  name: 'ack',
  about: 'callbacks acknowledged a second',
  run: (ground) =>
    inFolder((dir) =>
      ground.freshDatabase((webUrl) => ground.freshDatabase((allUrl) => measure(ground, { dir, webUrl, allUrl }))),
    ),
};

type Rounds = Record<Variant, LoadResult[]>;

async function measure(
  ground: BenchGround,
  { dir, webUrl, allUrl }: { dir: string; webUrl: string; allUrl: string },
): Promise<Figure[]> {
  const company = await startScript(['src/sandbox/main.ts', '--external-contacts', '2000']);
  const { url: apiBase } = JSON.parse(company.line);
  const pairs = await pairsOf(apiBase);
  const server = (variant: Variant, databaseUrl: string): Promise<Worker> =>
    startScript(
      ['scripts/bench/ack-server.ts', variant],
      serverSettings({ dir: join(dir, variant), databaseUrl, apiBase }),
    );
  const servers: Record<Variant, Worker> = {
    bare: await server('bare', webUrl),
    stored: await server('stored', webUrl),
    unstored: await server('unstored', `sqlite:${join(dir, 'unstored.db')}`),
    all: await server('all', allUrl),
  };
  const load = startHelper<LoadOrder, LoadResult>('scripts/bench/ack-load.ts');
  try {
    const rounds = await interleave(ground, servers, {
      run: (order) => load.ask({ ...order, pairs }),
      drained: () => drained(allUrl),
      mustHold: (rows) => mustHold(webUrl, rows),
    });
    const paced = await load.ask({
      ...orderFor(servers.all, ground.quick ? 3000 : 10_000),
      perSecond: 1000,
      pairs,
      round: 1000,
    });
    return figuresOf(ground, rounds, paced);
  } finally {
    await Promise.all([load, company, ...Object.values(servers)].map((one) => one.stop()));
  }
}

/** The callbacks of a burst are about so many relations. */
async function pairsOf(apiBase: string): Promise<Pair[]> {
  const truth = (await (await fetch(`${apiBase}/sandbox/truth`)).json()) as {
    relations: (Pair & { listed: boolean })[];
  };
  return truth.relations
    .filter(({ listed }) => listed)
    .map(({ userid, external_userid }) => ({ userid, external_userid }));
}

type Order = Omit<LoadOrder, 'pairs'>;

const orderFor = ({ line }: Worker, callbacks: number) => ({
  url: `http://127.0.0.1:${line}`,
  callbacks,
  connections,
});

interface Means {
  run(order: Order): Promise<LoadResult>;
  drained(): Promise<void>;
  mustHold(rows: number): Promise<void>;
}

/** A B C, C B A …: whatever the machine does meanwhile meets all alike. The first round warms up. */
async function interleave(
  { quick }: BenchGround,
  servers: Record<Variant, Worker>,
  { run, drained, mustHold }: Means,
): Promise<Rounds> {
  const rounds: Rounds = { bare: [], unstored: [], stored: [], all: [] };
  const callbacks = quick ? 5000 : 10_000;
  let acknowledged = 0;
  const measured = async (variant: Variant, round: number) => {
    const result = await run({ ...orderFor(servers[variant], round === 0 ? 3000 : callbacks), round });
    // With work beside it a burst may be more than the machine can take; that is reported.
    if (result.failed > 0 && variant !== 'all') {
      throw new Error(`${variant}: ${result.failed} callbacks were not acknowledged`);
    }
    if (variant === 'stored') acknowledged += result.acknowledged;
    if (round > 0) rounds[variant].push(result);
  };
  for (let round = 0; round <= (quick ? 3 : 5); round++) {
    // Turned round every time, so that neither always has the better place.
    for (const variant of round % 2 === 0 ? receiving : receiving.toReversed()) await measured(variant, round);
    await measured('all', round);
    // What it still has to handle must not slow the next round.
    await drained();
  }
  await mustHold(acknowledged);
  return rounds;
}

/** Waits until nothing is left to handle. */
const drained = (url: string): Promise<void> =>
  withDatabase(url, async (db) => {
    const open = "SELECT id FROM job WHERE state IN ('ready', 'running') LIMIT 1";
    while ((await db.query(open)).length > 0) await sleep(500);
  });

/** A callback that was there already costs nothing to store: a figure made of repetitions would be a lie. */
const mustHold = (url: string, rows: number): Promise<void> =>
  withDatabase(url, async (db) => {
    const [found] = await db.query<{ n: unknown }>('SELECT COUNT(*) AS n FROM inbox_event');
    if (Number(found?.n) !== rows) throw new Error(`${rows} callbacks were acknowledged, ${found?.n} are stored`);
  });

async function withDatabase(url: string, work: (db: Database) => Promise<void>): Promise<void> {
  const source = await createDataSource(url, allEntities);
  const db = new Database(await source.initialize());
  await work(db).finally(() => source.destroy());
}

function figuresOf({ on }: BenchGround, rounds: Rounds, paced: LoadResult): Figure[] {
  const rates = (variant: Variant) => rounds[variant].map(({ perSecond }) => perSecond);
  const against = (variant: Variant, base: Variant) => ({
    name: base,
    value: median(rates(base)),
    ratio: median(rates(variant).map((rate, n) => rate / (rates(base)[n] ?? rate))),
  });
  const figure = (name: string, variant: Variant, base: Variant): Figure => ({
    name,
    on,
    value: median(rates(variant)),
    unit: 'callbacks/s',
    baseline: against(variant, base),
    rounds: rates(variant).map(Math.round),
  });
  const stored = figure('stored, ROLE=web', 'stored', 'unstored');
  const share = fastEnough[on];
  const good = (stored.baseline?.ratio ?? 0) >= share && stored.value >= leastPerSecond;
  const latency = (name: string, value: number): Figure => ({
    name,
    on,
    value,
    unit: 'ms',
    target: { text: `≤ ${slowestMs} ms`, met: value <= slowestMs },
  });
  return [
    { ...stored, target: { text: `≥ ${Math.round(share * 100)} % and ≥ ${leastPerSecond}/s`, met: good } },
    figure('stored, against a bare Koa handler', 'stored', 'bare'),
    figure('stored while the same process handles them, ROLE=all', 'all', 'unstored'),
    {
      name: 'not acknowledged of a burst, ROLE=all',
      on,
      value: rounds.all.reduce((sum, { failed }) => sum + failed, 0),
      unit: 'callbacks',
    },
    latency('p99, 64 at once, ROLE=web', median(rounds.stored.map(({ p99 }) => p99))),
    { name: 'p99, 64 at once, ROLE=all', on, value: median(rounds.all.map(({ p99 }) => p99)), unit: 'ms' },
    latency('p99 at 1,000 a second, ROLE=all', paced.p99),
  ];
}
