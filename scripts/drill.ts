import { parseArgs } from 'node:util';
import { drills } from './drills';
import type { Drill } from './drills/drill';
import { ensureBuilt } from './lib/built';
import { type PrivateServer, startMariadb } from './lib/servers.mjs';

// npm run drill: crash and fault drills (docs/operating.md). --quick: the short round of npm test.
// --only <words>: drills whose name holds one of them. --on SQLite | MariaDB.
const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true, default: [] },
    on: { type: 'string' },
    'at-once': { type: 'string', default: '2' },
  },
});

interface Task {
  drill: Drill;
  /** Its database. */
  on: 'SQLite' | 'MariaDB';
}

async function main(): Promise<void> {
  ensureBuilt();
  const tasks = chosen();
  const failed: Task[] = [];
  const shared = tasks.some(({ on }) => on === 'MariaDB') ? await startMariadb() : undefined;
  const perform = async (task: Task) => {
    if (!(await attempt(task, shared))) failed.push(task);
  };
  try {
    await atOnce(
      tasks.filter(({ drill }) => !drill.alone),
      Number(values['at-once']),
      perform,
    );
    await atOnce(
      tasks.filter(({ drill }) => drill.alone),
      1,
      perform,
    );
  } finally {
    await shared?.stop();
  }
  console.log(`${tasks.length - failed.length} passed, ${failed.length} failed`);
  process.exit(failed.length > 0 || tasks.length === 0 ? 1 : 0);
}

function chosen(): Task[] {
  const wanted = ({ name, quick }: Drill) =>
    values.only.length > 0 ? values.only.some((word) => name.includes(word)) : quick || !values.quick;
  return drills
    .filter(wanted)
    .flatMap((drill): Task[] => [
      ...(drill.ownServer === 'always' ? [] : [{ drill, on: 'SQLite' as const }]),
      { drill, on: 'MariaDB' },
    ])
    .filter(({ on }) => values.on === undefined || on === values.on);
}

async function atOnce<T>(list: T[], workers: number, work: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...list];
  const worker = async () => {
    for (let item = waiting.shift(); item; item = waiting.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: workers }, worker));
}

/** One line, whatever comes of it. */
async function attempt(task: Task, shared: PrivateServer | undefined): Promise<boolean> {
  const began = Date.now();
  const print = (sign: string, text: string) =>
    console.log(`${sign} ${task.drill.name} on ${task.on} (${((Date.now() - began) / 1000).toFixed(0)} s): ${text}`);
  try {
    print('✔', await run(task, shared));
    return true;
  } catch (error) {
    print('✘', String(error instanceof Error ? error.stack : error));
    return false;
  }
}

async function run({ drill, on }: Task, shared: PrivateServer | undefined): Promise<string> {
  const { quick } = values;
  if (on === 'SQLite') return drill.run({ mysql: undefined, quick });
  if (!drill.ownServer) return drill.run({ mysql: shared, quick });
  const own = await startMariadb();
  try {
    return await drill.run({ mysql: own, quick });
  } finally {
    await own.stop();
  }
}

void main();
