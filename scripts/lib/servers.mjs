import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { ScriptError } from './project.mjs';
import { codeOf, onSignals } from './run.mjs';

const startTimeoutMs = 60_000;
// Debian keeps servers where the path of an ordinary user does not lead.
const env = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/usr/local/sbin` };
const alive = new Set();

/**
 * A MariaDB of our own on a free port, with an account `t` (password `t`) that may do everything. Data stand in a
 * temporary folder that goes with `stop`, or at the latest with this process.
 * @param {{ args?: string[] }} [options] further arguments of mariadbd
 */
export async function startMariadb({ args = [] } = {}) {
  const port = await freePort();
  const dir = mkdtempSync(join(tmpdir(), 'scrm-mariadb-'));
  // A MariaDB that starts clears its folder for temporary tables: one that others share would lose theirs.
  const data = [`--datadir=${join(dir, 'data')}`, `--tmpdir=${dir}`];
  const asRoot = process.getuid?.() === 0 ? ['--user=root'] : [];
  const init = ['--no-defaults', ...asRoot, ...data, '--auth-root-authentication-method=normal', '--skip-test-db'];
  await initialise(dir, 'mariadb-install-db', init);
  writeFileSync(join(dir, 'init.sql'), accountSql);
  const command = [
    ...['--no-defaults', ...asRoot, ...data, `--port=${port}`, '--bind-address=127.0.0.1'],
    ...[`--socket=${join(dir, 's')}`, `--pid-file=${join(dir, 'pid')}`, `--log-error=${join(dir, 'log')}`],
    ...['--character-set-server=utf8mb4', '--collation-server=utf8mb4_general_ci'],
    ...['--innodb-buffer-pool-size=256M', '--max-connections=300', `--init-file=${join(dir, 'init.sql')}`, ...args],
  ];
  return launch({ name: 'MariaDB', url: `mysql://t:t@127.0.0.1:${port}/`, port, dir, program: 'mariadbd', command });
}

const accountSql = `CREATE USER IF NOT EXISTS t@'127.0.0.1' IDENTIFIED BY 't';
GRANT ALL ON *.* TO t@'127.0.0.1' WITH GRANT OPTION;
`;

/** A Redis of our own on a free port, appending to a file in a temporary folder. */
export async function startRedis() {
  const port = await freePort();
  const dir = mkdtempSync(join(tmpdir(), 'scrm-redis-'));
  const command = [
    ...['--port', String(port), '--bind', '127.0.0.1', '--dir', dir, '--appendonly', 'yes'],
    ...['--save', '', '--logfile', join(dir, 'log')],
  ];
  return launch({ name: 'Redis', url: `redis://127.0.0.1:${port}`, port, dir, program: 'redis-server', command });
}

/** A TCP port of 127.0.0.1 that nobody listens on just now. */
async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

async function initialise(dir, program, args) {
  try {
    await promisify(execFile)(program, args, { env });
  } catch (error) {
    rmSync(dir, { recursive: true, force: true });
    throw new ScriptError(`${program} failed: ${error.stderr || error.message}`);
  }
}

async function launch({ name, url, port, dir, program, command }) {
  cleanUpAtExit();
  const server = { name, dir, child: undefined };
  alive.add(server);
  const resume = async () => {
    server.child = spawn(program, command, { env, stdio: 'ignore' });
    await listening(server, port);
  };
  const halt = async (signal = 'SIGKILL') => {
    const { child } = server;
    if (!isRunning(child)) return;
    child.kill(signal);
    await once(child, 'exit');
  };
  const stop = async () => {
    await halt();
    remove(server);
  };
  try {
    await resume();
  } catch (error) {
    await stop();
    throw error;
  }
  return { name, url, port, dir, resume, halt, stop, signal: (signal) => server.child.kill(signal) };
}

const isRunning = (child) => child?.pid !== undefined && child.exitCode === null && child.signalCode === null;

async function listening({ name, dir, child }, port) {
  let fault;
  child.once('error', (error) => {
    fault = error.message;
  });
  for (const until = Date.now() + startTimeoutMs; Date.now() < until; await pause(50)) {
    if (await accepts(port)) return;
    if (fault || !isRunning(child)) break;
  }
  throw new ScriptError(`${name} did not start: ${fault ?? lastLog(dir)}`);
}

function accepts(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const answer = (yes) => {
      socket.destroy();
      resolve(yes);
    };
    socket.once('connect', () => answer(true));
    socket.once('error', () => answer(false));
  });
}

const lastLog = (dir) =>
  existsSync(join(dir, 'log')) ? readFileSync(join(dir, 'log'), 'utf8').slice(-1500) : 'it ended at once';

function remove(server) {
  alive.delete(server);
  rmSync(server.dir, { recursive: true, force: true, maxRetries: 3 });
}

let watching = false;

/** Whatever way this process ends (short of SIGKILL), its servers and their folders go too. */
function cleanUpAtExit() {
  if (watching) return;
  watching = true;
  process.on('exit', () => {
    for (const server of alive) {
      server.child?.kill('SIGKILL');
      remove(server);
    }
  });
  // Later, so that whoever else listens to the signal hears it first.
  onSignals((signal) => setImmediate(() => process.exit(codeOf(null, signal))));
}
