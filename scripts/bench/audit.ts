import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger } from 'winston';
import { systemClock } from '../../src/core/clock';
import { createDataKey, Vault } from '../../src/core/vault';
import { createDataSource } from '../../src/db/data-source';
import { Database, toSqlInstant } from '../../src/db/database';
import { allEntities } from '../../src/entities';
import { auditStream } from '../../src/features/kernel/audit';
import { createAnchorFolder, createEvidence, type Evidence } from '../../src/features/kernel/evidence';
import { createLeases } from '../../src/jobs';
import { type Bench, type BenchGround, type Figure, median } from './figures';
import { insertRaw, migrateEmpty } from './raw-insert';

const leastPerSecond = 100_000;
const rowsAtOnce = 50_000;
const corp = 'wwbench000000001';

/** S16: how fast a chain is verified, against reading the same links and rows without hashing anything. */
export const audit: Bench = {
  name: 'audit',
  about: 'links of the audit trail verified a second, and rows sealed a second',
  run: (ground) => ground.freshDatabase((url) => measure(ground, url)),
};

async function measure(ground: BenchGround, url: string): Promise<Figure[]> {
  const rows = ground.quick ? 100_000 : 500_000;
  await fill(url, rows);
  const source = await createDataSource(url, allEntities);
  const db = new Database(await source.initialize());
  const dir = mkdtempSync(join(tmpdir(), 'scrm-bench-'));
  try {
    const evidence = evidenceOf(db, dir);
    const sealing = await timed(() => evidence.seal());
    const verifying: number[] = [];
    const reading: number[] = [];
    // Turned round every time, so that neither always has the better place. The first round warms up.
    for (let round = 0; round <= (ground.quick ? 3 : 5); round++) {
      const both = [
        () => time(verifying, round, () => mustHold(evidence, rows)),
        () => time(reading, round, () => read(db)),
      ];
      for (const one of round % 2 === 0 ? both : both.reverse()) await one();
    }
    return figuresOf(ground, { rows, sealing, verifying, reading });
  } finally {
    await source.destroy();
    rmSync(dir, { recursive: true, force: true });
  }
}

interface Measured {
  rows: number;
  sealing: number;
  verifying: number[];
  reading: number[];
}

function figuresOf({ on }: BenchGround, { rows, sealing, verifying, reading }: Measured): Figure[] {
  const rates = verifying.map((ms) => rows / (ms / 1000));
  const value = median(rates);
  const baseline = {
    name: 'reading the same without hashing',
    value: median(reading.map((ms) => rows / (ms / 1000))),
    ratio: median(verifying.map((ms, round) => (reading[round] ?? ms) / ms)),
  };
  const target = { text: '≥ 100,000 rows/s on SQLite', met: value >= leastPerSecond };
  return [
    {
      name: `verified, ${rows} rows`,
      on,
      value,
      unit: 'rows/s',
      baseline,
      ...(on === 'SQLite' ? { target } : {}),
      rounds: rates.map(Math.round),
    },
    { name: `sealed, ${rows} rows`, on, value: rows / (sealing / 1000), unit: 'rows/s' },
  ];
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

async function time(into: number[], round: number, work: () => Promise<unknown>): Promise<void> {
  const ms = await timed(work);
  if (round > 0) into.push(ms);
}

async function mustHold(evidence: Evidence, rows: number): Promise<void> {
  const { ok, checked } = await evidence.verify();
  if (!ok || checked !== rows) throw new Error(`the chain does not hold: ${checked} of ${rows} links`);
}

/** The same statements that a verification needs at least: every link, and every row by ranges. */
async function read(db: Database): Promise<void> {
  const links =
    'SELECT n, stream, row_id, form, sealed_at, leaf, link FROM evidence_link WHERE n > ? ORDER BY n LIMIT 2000';
  const columns = auditStream.columns.join(', ');
  for (let n = 0; ; ) {
    const page = await db.query<{ n: number | string; row_id: number | string }>(links, [n]);
    const [first, last] = [page[0], page.at(-1)];
    if (!first || !last) return;
    const sql = `SELECT id, ${columns} FROM audit_event WHERE id BETWEEN ? AND ?`;
    await db.query(sql, [Number(first.row_id), Number(last.row_id)]);
    n = Number(last.n);
  }
}

function evidenceOf(db: Database, dir: string): Evidence {
  const masterKey = Buffer.from('0123456789abcdef0123456789ABCDEF');
  return createEvidence({
    db,
    vault: new Vault(masterKey, corp, [createDataKey(masterKey, corp, 1)]),
    clock: systemClock,
    logger: createLogger({ silent: true }),
    leases: createLeases({ db }),
    corp,
    anchors: createAnchorFolder({ dir, databaseUrl: 'sqlite::memory:', clock: systemClock }),
    streams: [auditStream],
  });
}

/** Events like those of a day's work, and their announcements. */
async function fill(url: string, rows: number): Promise<void> {
  await migrateEmpty(url);
  const sqlite = url.startsWith('sqlite:');
  const columns = 'id at actor action target result reason address detail'.split(' ');
  for (let from = 1; from <= rows; from += rowsAtOnce) {
    const ids = Array.from({ length: Math.min(rowsAtOnce, rows - from + 1) }, (_, i) => from + i);
    const events = ids.map((id) => {
      const at = new Date(Date.UTC(2026, 0, 1) + id * 1000);
      const detail = id % 3 ? null : `{"pages":${id},"words":"客户资料 ${id}"}`;
      return [
        ...[
          id,
          sqlite ? toSqlInstant(at) : at,
          `account:0190b7a0-0000-7000-8000-${String(id % 500).padStart(12, '0')}`,
        ],
        ...['conversation.viewed', `conversation:${id}`, 'ok', null, `10.0.${id % 200}.7`, detail],
      ];
    });
    const pending = ids.map((id) => ['audit', id]);
    await insertRaw(url, [
      { table: 'audit_event', columns, rows: events },
      { table: 'evidence_pending', columns: ['stream', 'row_id'], rows: pending },
    ]);
  }
}
