import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { bin, inProject, root } from './project.mjs';

/** Much of a test is waiting: two files of each database at a time keep both cores at work. */
const workers = '--maxWorkers=2';
const tsx = (script, ...args) => [bin('tsx'), `scripts/${script}.ts`, ...args];

/**
 * What `npm test` consists of, in order. The parts of one stage do not need each other and run two at a time.
 * @param {{ mysqlUrl: string, redisUrl: string }} servers
 */
export function stagesOf({ mysqlUrl, redisUrl }) {
  const mysql = { TEST_MYSQL_URL: mysqlUrl };
  const redis = { TEST_REDIS_URL: redisUrl };
  return [
    [
      { name: 'lint', command: [bin('biome'), 'check', '.'] },
      { name: 'types (server)', command: [bin('tsc'), '--noEmit'] },
      { name: 'types (web)', command: [bin('tsc'), '--noEmit', '-p', 'web/tsconfig.json'] },
      { name: 'boundaries', command: ['npm', 'run', '--silent', 'boundaries'] },
      { name: 'unused', command: [bin('knip')] },
    ],
    [
      { name: 'migrations', command: tsx('migration-check'), env: mysql },
      { name: 'generated: .env.example', command: tsx('print-env-example', '--check') },
      { name: 'generated: openapi.json', command: tsx('print-openapi', '--check') },
      { name: 'generated: docs/coverage.md', command: tsx('print-coverage', '--check') },
    ],
    [
      jest('tests on SQLite', 'sqlite', { command: [bin('jest'), workers], env: { ...redis, TEST_MYSQL_URL: '' } }),
      jest('tests on MariaDB', 'mariadb', {
        // What never touches the database is not run a second time.
        command: [
          bin('jest'),
          workers,
          '--testPathIgnorePatterns',
          '/node_modules/',
          '/test/browser/',
          '/test/house/(?!evidence)',
          '/test/(web|config|core|sandbox|wecom/archive)/',
        ],
        env: { ...redis, ...mysql },
      }),
    ],
    [{ name: 'drill (quick)', command: tsx('drill', '--quick'), env: { ...redis, ...mysql }, report: true }],
    [jest('browser tests', 'browser', { command: tsx('test-browser'), env: redis })],
  ];
}

function jest(name, key, { command, env }) {
  const results = inProject('.cache', 'test', `${key}.json`);
  mkdirSync(dirname(results), { recursive: true });
  rmSync(results, { force: true });
  // Once every test has ended, nothing that a library still holds open (a kept-alive socket) may keep the run from ending.
  const flags = ['--ci', '--forceExit', '--json', `--outputFile=${results}`];
  return { name, command: [...command, ...flags], env, results };
}

/** What a jest run counted. A suite that could not even start counts as one failure, a skipped test too. */
export function countsOf(results) {
  if (!existsSync(results)) return { passed: 0, failed: 1 };
  const run = JSON.parse(readFileSync(results, 'utf8'));
  const failed = run.numFailedTests + run.numRuntimeErrorTestSuites + run.numPendingTests + run.numTodoTests;
  return { passed: run.numPassedTests, failed };
}

/** More files than this do not fail by chance. */
const mostFilesAgain = 3;

/**
 * The part that runs only the files that failed, after everything beside it has ended.
 * @returns undefined when there is nothing to run again: not jest, no results, or too many files
 */
export function againOf({ name, command, env, results }) {
  if (!results || !existsSync(results)) return undefined;
  const { testResults } = JSON.parse(readFileSync(results, 'utf8'));
  const files = testResults.filter(({ status }) => status === 'failed').map((file) => relative(root, file.name));
  if (files.length === 0 || files.length > mostFilesAgain) return undefined;
  rmSync(results);
  return {
    name: `${name}, alone: ${files.join(', ')}`,
    command: [...command, '--runTestsByPath', ...files],
    env,
    results,
  };
}
