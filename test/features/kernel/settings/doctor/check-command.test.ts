import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnNode } from '../../../../../scripts/lib/processes';
import type { DoctorReport } from '../../../../../src/features/kernel/settings';

const dataDir = mkdtempSync(join(tmpdir(), 'scrm-check-'));
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

async function check(env: NodeJS.ProcessEnv, ...options: string[]): Promise<{ code: number | null; out: string }> {
  const child = spawnNode(['--import', 'tsx', 'src/cli.ts', 'check', ...options], { DATA_DIR: dataDir, ...env });
  let out = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    out += chunk.toString();
  });
  const code = await new Promise<number | null>((done) => child.once('close', done));
  return { code, out };
}

test('scrm check examines without a server, and exits with 1 when something is wrong', async () => {
  // Nothing listens there: as good as a firewall.
  const live = { WECOM_MODE: 'live', WECOM_API_BASE: 'http://127.0.0.1:1' };
  const first = await check(live, '--json');
  const report = JSON.parse(first.out) as DoctorReport & { ok: boolean };
  const of = (key: string) => report.checks.find((one) => one.key === key);
  expect([first.code, report.ok, report.level]).toEqual([1, false, 'fail']);
  expect(of('company')).toMatchObject({ level: 'fail', cause: { en: 'No company is connected yet.' } });
  expect(of('master_key')).toMatchObject({ level: 'ok' });

  chmodSync(join(dataDir, 'master.key'), 0o644);
  const second = await check(live);
  expect(second.code).toBe(1);
  expect(second.out).toContain(`chmod 600 ${join(dataDir, 'master.key')}`);
  expect(second.out).toContain('FAIL  Master key: The mode of master.key is 0644: others can read it.');
}, 60_000);
