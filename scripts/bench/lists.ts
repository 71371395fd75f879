import { join } from 'node:path';
import { newId } from '../../src/core/ids';
import { toSqlInstant } from '../../src/db/database';
import { quantile } from '../lib/callback-sender';
import type { Bench, BenchGround, Figure } from './figures';
import { median } from './figures';
import { inFolder, serverSettings } from './processes';
import { insertRaw, migrateEmpty, type RawTable } from './raw-insert';
import { type MeasuredServer, startServer } from './server';

const mostGrowth = 1.5;
/** Below this a ratio says more about the machine than about the query. */
const floorMs = 3;
const relationsPerStaff = 200;
const rowsAtOnce = 50_000;
const mostMsPerRound = 5_000;

/** What people look at, by name. `{}` stands for somebody in the middle. */
const endpoints = {
  'external contacts, newest': 'external-contacts',
  'external contacts of one member': 'external-contacts?userid=staff{}',
  'external contacts in one state': 'external-contacts?state=deleted_by_external',
  'one external contact': 'external-contacts/wmBench{}',
  'relations, newest': 'relations',
  'relations of one member': 'relations?userid=staff{}',
  'relations in one state': 'relations?state=deleted_by_staff',
  'external contacts by name': 'external-contacts?q=Customer%20{}',
} as const;

/** Lists and details do not grow slower with the company: 10,000 relations against 1,000,000. */
export const lists: Bench = {
  name: 'lists',
  about: 'lists and details at 10,000 and 1,000,000 relations',
  run: (ground) =>
    inFolder((dir) =>
      ground.freshDatabase((small) => ground.freshDatabase((large) => compare(ground, { dir, small, large }))),
    ),
};

async function compare(
  ground: BenchGround,
  { dir, small, large }: { dir: string; small: string; large: string },
): Promise<Figure[]> {
  const most = ground.quick ? 100_000 : 1_000_000;
  await fill(small, 10_000);
  await fill(large, most);
  const start = (name: string, databaseUrl: string) =>
    startServer({
      ...serverSettings({ dir: join(dir, name), databaseUrl, apiBase: 'http://127.0.0.1:9' }),
      ROLE: 'web',
    });
  const few = await start('small', small);
  const many = await start('large', large);
  try {
    const figures: Figure[] = [];
    for (const [name, path] of Object.entries(endpoints))
      figures.push(await figureOf(ground, { name, path, few, many, most }));
    return figures;
  } finally {
    await Promise.all([few.stop(), many.stop()]);
  }
}

interface Compared {
  name: string;
  path: string;
  few: MeasuredServer;
  many: MeasuredServer;
  most: number;
}

async function figureOf({ on, quick }: BenchGround, { name, path, few, many, most }: Compared): Promise<Figure> {
  const small: number[] = [];
  const large: number[] = [];
  for (let round = 0; round < (quick ? 3 : 5); round++) {
    small.push(await p95(few, path, 10_000));
    large.push(await p95(many, path, most));
  }
  const [before, value] = [median(small), median(large)];
  const ratio = value / before;
  return {
    name: `${name}, p95 at ${most}`,
    on,
    value,
    unit: 'ms',
    baseline: { name: '10,000 relations', value: before, ratio },
    target: { text: '≤ 1.5 ×', met: ratio <= mostGrowth || value - before <= floorMs },
    rounds: large.map((ms) => Math.round(ms * 100) / 100),
  };
}

async function p95(server: MeasuredServer, path: string, relations: number): Promise<number> {
  const latencies: number[] = [];
  const range = path.includes('staff{}') ? relations / relationsPerStaff : relations;
  const enough = performance.now() + mostMsPerRound;
  for (let n = 0; n < 60 && (n < 20 || performance.now() < enough); n++) {
    const somebody = String(Math.floor(range * Math.random()));
    const began = performance.now();
    await server.get(path.replace('{}', somebody));
    if (n >= 10) latencies.push(performance.now() - began);
  }
  return quantile(latencies, 0.95);
}

async function fill(url: string, relations: number): Promise<void> {
  await migrateEmpty(url);
  const at = url.startsWith('sqlite:') ? toSqlInstant(new Date()) : new Date();
  const staffIds = Array.from({ length: relations / relationsPerStaff }, newId);
  const staff = staffIds.map((id, n) => [id, `staff${n}`, `staff${n}`, `Member ${n}`, 'active', '[]', 1, at, at]);
  const columns = 'id userid userid_key name status direct_leaders follows_external created_at updated_at'.split(' ');
  await insertRaw(url, [{ table: 'staff', columns, rows: staff }]);
  for (let from = 0; from < relations; from += rowsAtOnce) {
    await insertRaw(url, tablesOf({ from, to: Math.min(relations, from + rowsAtOnce), staffIds, at }));
  }
}

interface Part {
  from: number;
  to: number;
  staffIds: string[];
  at: unknown;
}

const states = [
  'active',
  'active',
  'active',
  'active',
  'active',
  'active',
  'active',
  'active',
  'deleted_by_external',
  'deleted_by_staff',
];

function tablesOf({ from, to, staffIds, at }: Part): RawTable[] {
  const numbers = Array.from({ length: to - from }, (_, n) => from + n);
  const ids = numbers.map(newId);
  return [
    {
      table: 'external_contact',
      columns: 'external_userid id name avatar type gender created_at updated_at'.split(' '),
      rows: numbers.map((n) => [`wmBench${n}`, newId(), `Customer ${n}`, `https://avatar.invalid/${n}`, 1, 0, at, at]),
    },
    {
      table: 'relation',
      columns:
        'id staff_id external_userid state spell started_at remark description remark_corp_name remark_mobiles add_way updated_at'.split(
          ' ',
        ),
      rows: numbers.map((n, i) => [
        ...[ids[i], staffIds[n % staffIds.length], `wmBench${n}`, states[n % states.length], 1, at],
        ...[`Remark ${n}`, '', '', '[]', 1, at],
      ]),
    },
    {
      table: 'relation_tag',
      columns: 'relation_id tag_key type'.split(' '),
      rows: numbers.map((n, i) => [ids[i], `etBench${n % 50}`, 1]),
    },
  ];
}
