import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** Two increments at the same time lose one: the counter shows whether the lock held. */
const program = `
import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { withLock } from ${JSON.stringify(resolve('scripts/lib/lock.mjs'))};
await withLock('lock', { log() {} }, async () => {
  const n = Number(readFileSync('counter', 'utf8'));
  await pause(20);
  writeFileSync('counter', String(n + 1));
});`;

test('two starts at once wait for each other, and the lock of a dead one is ignored', async () => {
  const cwd = mkdtempSync(join(tmpdir(), 'lock-'));
  writeFileSync(join(cwd, 'counter'), '0');
  writeFileSync(join(cwd, 'lock'), '999999999');
  const ends = Array.from({ length: 4 }, () => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', program], { cwd, stdio: 'inherit' });
    return new Promise((done) => child.on('close', done));
  });
  expect(await Promise.all(ends)).toEqual([0, 0, 0, 0]);
  expect(readFileSync(join(cwd, 'counter'), 'utf8')).toBe('4');
  rmSync(cwd, { recursive: true });
});
