import { mkdirSync, writeFileSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { execFileSync, spawn } from 'node:child_process';
import { sleep } from './src/core/clock';
import { createDataSource } from './src/db/data-source';
import { Database } from './src/db/database';
import { allEntities } from './src/entities';
import { archiveKeys, buildArchiveLibrary } from './test/support/archive-library/archive-library';
import { fillLibrary } from './scripts/bench/archive-messages';
import { inFolder, peakMemory, serverSettings } from './scripts/bench/processes';
import { startServer } from './scripts/bench/server';
import { ensureBuilt } from './scripts/lib/built';
const cpu = (pid: number) => { const f = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' '); return (Number(f[11]) + Number(f[12])) / 100; };
async function main() {
  ensureBuilt();
  const n = Number(process.argv[2] ?? 20000);
  const key = archiveKeys(1); const library = buildArchiveLibrary();
  fillLibrary(library, key, n);
  mkdirSync(join(library.folder, 'keys')); writeFileSync(join(library.folder, 'keys', '1.pem'), key.pem);
  await inFolder(async (dir) => {
    const url = `sqlite:${join(dir, 'scrm.db')}`;
    const env: any = ({ ...serverSettings({ dir, databaseUrl: url, apiBase: 'http://127.0.0.1:9' }), WECOM_ARCHIVE_SECRET: library.folder, WECOM_ARCHIVE_SDK_PATH: library.path, WECOM_ARCHIVE_KEYS_DIR: join(library.folder, 'keys'), WECOM_ARCHIVE_PROCESSES: '2', PORT: '0' });
    rmSync('/tmp/prof/arch', { recursive: true, force: true });
    const child = spawn(process.execPath, ['--max-semi-space-size=64', '--cpu-prof', '--cpu-prof-dir=/tmp/prof/arch', 'dist/src/cli.js', 'serve', '--migrate', '--json'], { env: { PATH: process.env.PATH, ...env }, stdio: 'ignore' });
    const server = { pid: child.pid!, stop: async () => { child.kill('SIGTERM'); await new Promise((r) => child.once('exit', r)); } };
    await sleep(9000);
    const source = await createDataSource(url, allEntities); const db = new Database(await source.initialize());
    const t0 = Date.now();
    for (;;) { await sleep(300); const [c] = await db.query<any>("SELECT last_id FROM archive_cursor WHERE name='open'"); if (Number(c?.last_id ?? 0) >= n) break; }
    console.log('wall', (Date.now() - t0) / 1000);
    const main = cpu(server.pid);
    const kids = execFileSync('pgrep', ['-P', String(server.pid)]).toString().trim().split('\n').map(Number);
    console.log('main cpu', main, 'us/msg', (main * 1e6) / n);
    for (const k of kids) console.log('kid', cpu(k), (cpu(k) * 1e6) / n);
    await source.destroy();
    
    await server.stop();
  });
  library.drop(); process.exit();
}
void main();
