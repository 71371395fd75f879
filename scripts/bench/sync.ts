import { sleep } from '../../src/core/clock';
import { createDataSource } from '../../src/db/data-source';
import { Database } from '../../src/db/database';
import { allEntities } from '../../src/entities';
import type { Bench, BenchGround, Figure } from './figures';
import { median } from './figures';
import { inFolder, peakMemory, serverSettings, startScript } from './processes';
import { insertRaw, migrateEmpty, type RawTable } from './raw-insert';
import { startServer } from './server';

const leastShare = 1 / 3;
const mostMemory = 400;

/** What a sync of external contacts writes. */
const written: Pick<RawTable, 'table' | 'columns'>[] = [
  {
    table: 'external_contact',
    columns:
      'external_userid id name avatar type gender unionid position corp_name corp_full_name extra created_at updated_at'.split(
        ' ',
      ),
  },
  {
    table: 'relation',
    columns:
      'id staff_id external_userid state spell started_at ended_at absent_since remark description remark_corp_name remark_mobiles add_way oper_userid channel extra personal updated_at'.split(
        ' ',
      ),
  },
  { table: 'relation_phone', columns: 'relation_id phone_hash'.split(' ') },
  { table: 'relation_tag', columns: 'relation_id tag_key type name group_name'.split(' ') },
  { table: 'relation_history', columns: 'relation_id kind source occurred_at recorded_at ref detail'.split(' ') },
];

interface Round {
  syncMs: number;
  rawMs: number;
  rows: number;
  memory: number | undefined;
}

/** A first full sync of external contacts, against plain multi-row inserts of the very same rows. */
export const sync: Bench = {
  name: 'sync',
  about: 'a first sync of 100,000 external contacts',
  async run(ground) {
    const contacts = ground.quick ? 10_000 : 100_000;
    const args = ['--external-contacts', String(contacts), '--staff', '500', '--group-chats', '0'];
    const company = await startScript(['src/sandbox/main.ts', ...args]);
    try {
      const rounds: Round[] = [];
      for (let n = 0; n < (ground.quick ? 1 : 3); n++)
        rounds.push(await oneRound(ground, JSON.parse(company.line).url));
      return figuresOf(ground, contacts, rounds);
    } finally {
      await company.stop();
    }
  },
};

const oneRound = (ground: BenchGround, apiBase: string): Promise<Round> =>
  inFolder((dir) =>
    ground.freshDatabase(async (databaseUrl) => {
      const done = await syncAll(serverSettings({ dir, databaseUrl, apiBase }));
      const tables = await rowsOf(databaseUrl);
      const rawMs = await ground.freshDatabase(async (url) => {
        await migrateEmpty(url);
        return insertRaw(url, tables);
      });
      return { ...done, rawMs, rows: tables.reduce((sum, { rows }) => sum + rows.length, 0) };
    }),
  );

async function syncAll(settings: NodeJS.ProcessEnv): Promise<{ syncMs: number; memory: number | undefined }> {
  const server = await startServer(settings);
  try {
    const { id } = await server.post<{ id: string }>('sync-runs', { scope: 'external_contacts' });
    for (;;) {
      const run = await server.get<{ state: string; started_at: string; finished_at: string; error: string | null }>(
        `sync-runs/${id}`,
      );
      if (run.state === 'succeeded') {
        return { syncMs: Date.parse(run.finished_at) - Date.parse(run.started_at), memory: peakMemory(server.pid) };
      }
      if (run.state === 'failed') throw new Error(`the sync failed: ${run.error}`);
      await sleep(500);
    }
  } finally {
    await server.stop();
  }
}

async function rowsOf(url: string): Promise<RawTable[]> {
  const source = await createDataSource(url, allEntities);
  const db = new Database(await source.initialize());
  try {
    const tables: RawTable[] = [];
    for (const { table, columns } of written) {
      const rows = await db.query(`SELECT ${columns.join(', ')} FROM ${table}`);
      tables.push({ table, columns, rows: rows.map((row) => columns.map((column) => row[column])) });
    }
    return tables;
  } finally {
    await source.destroy();
  }
}

function figuresOf({ on }: BenchGround, contacts: number, rounds: Round[]): Figure[] {
  const perSecond = (pick: (round: Round) => number) => rounds.map((round) => round.rows / (pick(round) / 1000));
  const synced = perSecond(({ syncMs }) => syncMs);
  const raw = perSecond(({ rawMs }) => rawMs);
  const ratio = median(synced.map((rate, n) => rate / (raw[n] ?? rate)));
  const memory = Math.max(...rounds.map((round) => round.memory ?? 0));
  return [
    {
      name: `rows written by a sync of ${contacts} external contacts (${median(rounds.map(({ syncMs }) => syncMs)) / 1000} s)`,
      on,
      value: median(synced),
      unit: 'rows/s',
      baseline: { name: 'raw multi-row inserts', value: median(raw), ratio },
      target: { text: '≥ 1/3', met: ratio >= leastShare },
      rounds: synced.map(Math.round),
    },
    {
      name: 'peak memory of the server',
      on,
      value: memory,
      unit: 'MB',
      target: { text: `≤ ${mostMemory} MB`, met: memory > 0 && memory <= mostMemory },
    },
  ];
}
