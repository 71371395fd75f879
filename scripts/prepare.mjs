import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { withLock } from './lib/lock.mjs';
import { bin, inProject, requireNode, ScriptError, setting, toStderr } from './lib/project.mjs';
import { mustRun, run } from './lib/run.mjs';

const sqliteMissing = 6; // exitCode.sqliteMissing in src/core/errors.ts

const builds = {
  server: {
    inputs: ['src', 'config', 'callbacks', 'ormconfig.ts', 'tsconfig.json', 'tsconfig.build.json', 'package-lock.json'],
    output: 'dist/src/cli.js',
    about: 'Building the server…',
    make: () => mustRun('The TypeScript build', bin('tsc'), ['-p', 'tsconfig.build.json']),
  },
  web: {
    inputs: ['web', 'package-lock.json'],
    output: 'web/dist/index.html',
    about: 'Building the web console…',
    make: () => mustRun('The web build', 'npm', ['run', 'build', '-w', 'web']),
  },
};

/**
 * Makes a clone ready to run: packages installed, the embedded database compiled, server and web console built.
 * Does nothing, and says nothing, when nothing changed. Two at once wait for each other.
 * @param {{ web?: boolean, sqlite?: boolean, log?: (line: string) => void }} [options] `web` also builds the console;
 *   `sqlite` asks for the embedded database (default: unless DATABASE_URL names another one)
 * @throws ScriptError, exit code 6 when the embedded database cannot be compiled
 */
export async function prepare(options = {}) {
  requireNode();
  const { web = true, sqlite = !setting('DATABASE_URL').startsWith('mysql:'), log = toStderr } = options;
  const wanted = { builds: web ? ['server', 'web'] : ['server'], sqlite };
  if (await isReady(wanted)) return;
  await withLock(inProject('.cache', 'prepare.lock'), { log }, async () => {
    await install(log);
    const work = wanted.builds.map((name) => build(name, log));
    if (sqlite) work.push(compileSqlite(log));
    const results = await Promise.allSettled(work);
    const failed = results.find(({ status }) => status === 'rejected');
    if (failed) throw failed.reason;
  });
}

async function isReady({ builds: names, sqlite }) {
  if (!isInstalled() || !names.every((name) => isBuilt(name, hashOf(builds[name].inputs)))) return false;
  return !sqlite || (await sqliteLoads());
}

async function install(log) {
  if (isInstalled()) return;
  log('Installing packages (the first time takes a minute or two)…');
  // --include=dev: the compilers are needed here even where NODE_ENV is production. npm run -s asks for no messages, we do.
  const args = ['ci', '--ignore-scripts', '--include=dev', '--loglevel=error'];
  await mustRun('npm ci', 'npm', args);
}

/** Whether node_modules holds what the lock file asks for: npm writes its own copy of the list when it is done. */
function isInstalled() {
  const installed = packagesIn('node_modules/.package-lock.json');
  if (!installed) return false;
  return Object.entries(packagesIn('package-lock.json') ?? {})
    .filter(([path]) => path.includes('node_modules/'))
    .every(([path, { version, optional, devOptional }]) =>
      path in installed ? installed[path].version === version : optional || devOptional,
    );
}

function packagesIn(file) {
  const path = inProject(file);
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).packages : undefined;
}

/** In a process of its own: a library built for another Node may take its process down. */
async function sqliteLoads() {
  const { code } = await run(process.execPath, ['-e', "new (require('better-sqlite3'))(':memory:').close()"]);
  return code === 0;
}

async function compileSqlite(log) {
  if (await sqliteLoads()) return;
  log('Building the embedded database (about a minute)…');
  const { code, output } = await run('npm', ['rebuild', 'better-sqlite3', '--loglevel=error']);
  if (code > 128) throw new ScriptError('', code);
  if (code === 0 && (await sqliteLoads())) return;
  const logFile = inProject('.cache', 'better-sqlite3.log');
  writeFileSync(logFile, output);
  throw new ScriptError(
    'The embedded database (better-sqlite3) could not be compiled (.cache/better-sqlite3.log says why): either install a C++ compiler (Debian: apt-get install build-essential python3; macOS: xcode-select --install) and start again, or use MySQL or MariaDB by setting DATABASE_URL=mysql://user:pass@host:3306/db and MASTER_KEY.',
    sqliteMissing,
  );
}

async function build(name, log) {
  const { inputs, about, make } = builds[name];
  const hash = hashOf(inputs);
  if (isBuilt(name, hash)) return;
  log(about);
  rmSync(stampOf(name), { force: true });
  await make();
  mkdirSync(dirname(stampOf(name)), { recursive: true });
  writeFileSync(stampOf(name), hash);
}

const stampOf = (name) => inProject('.cache', 'built', name);

const isBuilt = (name, hash) =>
  existsSync(inProject(builds[name].output)) &&
  existsSync(stampOf(name)) &&
  readFileSync(stampOf(name), 'utf8') === hash;

/** Of names and contents: a checkout that only touches files builds nothing again. */
function hashOf(inputs) {
  const hash = createHash('sha1');
  for (const file of inputs.flatMap((input) => filesIn(inProject(input))).sort()) {
    hash.update(`${file}\0`).update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}

const notInputs = new Set(['node_modules', 'dist']);

function filesIn(path) {
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return [path];
  return readdirSync(path)
    .filter((name) => !notInputs.has(name))
    .flatMap((name) => filesIn(join(path, name)));
}
