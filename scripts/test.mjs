import { againOf, countsOf, stagesOf } from './lib/parts.mjs';
import { main, requireNode, ScriptError } from './lib/project.mjs';
import { run } from './lib/run.mjs';
import { startMariadb, startRedis } from './lib/servers.mjs';
import { ensureSystemPackages } from './lib/system-packages.mjs';
import { prepare } from './prepare.mjs';

const atOnce = 2;
/** Several times what the longest part takes: one that hangs is ended, and what it had printed is shown. */
const mostMinutes = 30;
/** Who waits for a table for ever is told so. */
const patience = ['--lock-wait-timeout=60'];
const total = { passed: 0, failed: 0 };
/** What failed beside others and passed alone. */
const unsteady = [];

// npm test: everything, from a bare clone. npm test -- <words>: only the parts whose name holds one of the words.
await main(async () => {
  requireNode();
  await timed('install and build', () => Promise.all([prepare({ sqlite: true }), ensureSystemPackages()]));
  const [mariadb, redis] = await timed('private MariaDB and Redis', () =>
    Promise.all([startMariadb({ args: patience }), startRedis()]),
  );
  try {
    for (const stage of chosen(stagesOf({ mysqlUrl: mariadb.url, redisUrl: redis.url }), process.argv.slice(2))) {
      await runStage(stage);
    }
  } finally {
    await Promise.all([mariadb.stop(), redis.stop()]);
    for (const what of unsteady) console.log(`\nUNSTEADY: ${what}`);
    console.log(`\n${total.passed} passed, ${total.failed} failed`);
  }
});

function chosen(stages, words) {
  if (words.length === 0) return stages;
  const wanted = (part) => words.some((word) => part.name.includes(word));
  const few = stages.map((stage) => stage.filter(wanted)).filter((stage) => stage.length > 0);
  if (few.length === 0) throw new ScriptError(`No part of the tests is called ${words.join(' or ')}.`);
  console.log(
    `Only: ${few
      .flat()
      .map((part) => part.name)
      .join(', ')}`,
  );
  return few;
}

/** Two parts at a time. After a failure nothing new is begun, and what runs is waited for. */
async function runStage(stage) {
  const waiting = [...stage];
  const failed = [];
  const worker = async () => {
    for (let part = waiting.shift(); part && failed.length === 0; part = waiting.shift()) {
      const counts = await runPart(part);
      total.passed += counts.passed;
      if (counts.failed > 0) failed.push({ part, counts });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  const red = [];
  for (const { part, counts } of failed) {
    const left = await failuresAlone(part, counts);
    total.passed += counts.failed - left;
    total.failed += left;
    if (left > 0) red.push(part.name);
  }
  if (red.length === 0) return;
  console.log(`\nFAILED: ${red.join(', ')}`);
  throw new ScriptError('');
}

/** A busy machine fails a test that waits; a fault fails it again with nothing beside it. Both are told. */
async function failuresAlone(part, { failed }) {
  const again = againOf(part);
  if (!again) return failed;
  const counts = await runPart(again);
  if (counts.failed > 0) return failed;
  unsteady.push(`${again.name} (${failed} failed before)`);
  return 0;
}

async function runPart({ name, command: [program, ...args], env = {}, results, report = results !== undefined }) {
  const started = Date.now();
  console.log(`▶ ${name}`);
  const { code, output } = await run(program, args, {
    env: { ...process.env, ...env },
    limitMs: mostMinutes * 60_000,
  });
  const { passed, failed } = results ? countsOf(results) : { passed: 0, failed: 0 };
  const good = code === 0 && failed === 0;
  if (!good || report) console.log(output.trimEnd());
  console.log(`${good ? '✔' : '✘'} ${name} — ${seconds(started)}${good ? '' : ` (exit code ${code})`}`);
  return { passed, failed: good ? 0 : Math.max(failed, 1) };
}

async function timed(name, work) {
  const started = Date.now();
  console.log(`▶ ${name}`);
  const result = await work();
  console.log(`✔ ${name} — ${seconds(started)}`);
  return result;
}

function seconds(since) {
  return `${((Date.now() - since) / 1000).toFixed(1)} s`;
}
