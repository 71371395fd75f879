import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ack } from './bench/ack';
import { archive } from './bench/archive';
import { audit } from './bench/audit';
import { type Bench, type BenchGround, lineOf, writeFigures } from './bench/figures';
import { lists } from './bench/lists';
import { planning } from './bench/planning';
import { inFolder } from './bench/processes';
import { rotation } from './bench/rotation';
import { rules } from './bench/rules';
import { search } from './bench/search';
import { sync } from './bench/sync';
import { ensureBuilt } from './lib/built';
import { withMysqlDatabase } from './lib/mysql-database';
import { startMariadb } from './lib/servers.mjs';

// npm run bench: bench/README.md. --quick: smaller and shorter. --only <words>. --on SQLite | MariaDB.
const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true, default: [] },
    on: { type: 'string' },
  },
});

/** As in compose.yaml: the indexes of a million relations fit, which those of MariaDB's own 128 MB do not. */
const bufferPool = '--innodb-buffer-pool-size=1G';

const benches: Bench[] = [ack, sync, lists, audit, rotation, archive, search, rules, planning];

async function main(): Promise<void> {
  ensureBuilt();
  const wanted = benches.filter(({ name }) => values.only.length === 0 || values.only.includes(name));
  const mariadb = values.on === 'SQLite' ? undefined : await startMariadb({ args: [bufferPool] });
  const grounds: BenchGround[] = [
    ...(values.on === 'MariaDB' ? [] : [onSqlite]),
    ...(mariadb ? [onMariadb(mariadb.url)] : []),
  ];
  try {
    for (const bench of wanted) await measure(bench, grounds);
  } finally {
    await mariadb?.stop();
  }
  process.exit();
}

const onSqlite: BenchGround = {
  quick: values.quick,
  on: 'SQLite',
  freshDatabase: (work) => inFolder((dir) => work(`sqlite:${join(dir, 'scrm.db')}`)),
};

const onMariadb = (server: string): BenchGround => ({
  quick: values.quick,
  on: 'MariaDB',
  freshDatabase: (work) => withMysqlDatabase(server, work),
});

async function measure(bench: Bench, grounds: BenchGround[]): Promise<void> {
  console.log(`${bench.name}: ${bench.about}`);
  const figures = [];
  for (const ground of grounds) {
    const found = await bench.run(ground);
    for (const figure of found) console.log(lineOf(figure));
    figures.push(...found);
  }
  writeFigures(bench.name, values.quick, figures);
}

void main();
