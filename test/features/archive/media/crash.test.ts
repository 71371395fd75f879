import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../../../../config';
import { systemClock } from '../../../../src/core/clock';
import { openDatabase } from '../../../../src/db/open';
import { allEntities } from '../../../../src/entities';
import { archiveKeys, buildArchiveLibrary, sealMessage } from '../../../support/archive-library/archive-library';
import { createTestDatabase, type TestDatabase } from '../../../support/database';
import { filesUnder } from './support';

const library = buildArchiveLibrary();
const key = archiveKeys(1);
let dir: string;
let database: TestDatabase;
let env: Record<string, string>;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'scrm-crash-'));
  database = await createTestDatabase();
  const url = database.url.startsWith('sqlite:') ? `sqlite:${join(dir, 'scrm.db')}` : database.url;
  mkdirSync(join(dir, 'keys'));
  writeFileSync(join(dir, 'keys', '1.pem'), key.pem);
  env = {
    ...{ DATA_DIR: dir, DATABASE_URL: url, MASTER_KEY: randomBytes(32).toString('base64') },
    ...{ WECOM_CORP_ID: 'wwtest0000000001', WECOM_ARCHIVE_SDK_PATH: library.path },
    ...{ WECOM_ARCHIVE_SECRET: library.folder, WECOM_ARCHIVE_KEYS_DIR: join(dir, 'keys') },
  };
  const config = loadConfig(env);
  const { db } = await openDatabase({ config, entities: allEntities, clock: systemClock, migrate: true });
  await db.source.destroy();
});
afterAll(async () => {
  await database.drop();
  library.drop();
  rmSync(dir, { recursive: true, force: true });
});

interface End {
  signal: string | null;
  out: string;
}

/** Fetches in a process of its own, which may die at a failpoint. */
const run = (failpoints = ''): Promise<End> =>
  new Promise((resolve, reject) => {
    const child = ['--import', 'tsx', join(__dirname, 'crash-child.ts')];
    const options = { env: { ...process.env, ...env, FAILPOINTS: failpoints } };
    execFile(process.execPath, child, options, (error, out, err) => {
      if (error && !error.signal) reject(new Error(err));
      else resolve({ signal: error?.signal ?? null, out });
    });
  });

test('AR6 F1 killed in mid-file, and before the commit, a fresh process goes on where it stopped', async () => {
  const content = randomBytes(2 * 1024 * 1024);
  library.file('film', content);
  const message = {
    ...{ msgid: 'm1', action: 'send', from: 'lin', tolist: ['wu'], msgtime: Date.now(), msgtype: 'video' },
    video: { sdkfileid: 'film', filesize: content.length },
  };
  const seal = { seq: '1', msgid: 'm1', ...key };
  library.page('0', [sealMessage(JSON.stringify(message), seal)]);
  const blobs = join(dir, 'blobs');

  // With the third slice on disk, and the row not knowing of it.
  expect((await run('archive.slice:3')).signal).toBe('SIGKILL');
  expect(filesUnder(join(blobs, 'drafts'))).toHaveLength(3);
  // What was fetched before is not asked for again: WeCom now has something else there.
  library.file('film', Buffer.concat([Buffer.alloc(1024 * 1024), content.subarray(1024 * 1024)]));
  // With its content in place and its rows written, and not committed.
  expect((await run('archive.files:1')).signal).toBe('SIGKILL');
  const { out } = await run();
  expect(JSON.parse(out)).toEqual({
    files: [{ state: 'stored', sha256: createHash('sha256').update(content).digest('hex'), slices: 0 }],
    faults: [],
    batches: 1,
  });
  // Nothing else is left of those that died.
  expect(filesUnder(blobs)).toHaveLength(1);
}, 120_000);
