import { execFile, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { archiveKeys, buildArchiveLibrary, sealMessage } from '../../support/archive-library/archive-library';
import { aPerson, type Person } from '../../support/people';
import { type Json, until, useSystem } from '../../support/system';
import { unzip, unzipTo } from '../../support/unzip';

const library = buildArchiveLibrary();
const key = archiveKeys(1);
const keysDir = join(library.folder, 'keys');
mkdirSync(keysDir);
writeFileSync(join(keysDir, '1.pem'), key.pem);
afterAll(() => library.drop());

const system = useSystem({
  ...{ staff: 2, externalContacts: 2, groupChats: 0, leavers: 0 },
  env: {
    WECOM_ARCHIVE_SDK_PATH: library.path,
    WECOM_ARCHIVE_SECRET: library.folder,
    WECOM_ARCHIVE_KEYS_DIR: keysDir,
  },
});

function say(...contents: string[]): void {
  const sealed = contents.map((content, i) => {
    const [seq, msgid] = [String(i + 1), `m${i + 1}`];
    const head = { msgid, action: 'send', from: 'lin', tolist: ['wang'], msgtime: Date.now(), msgtype: 'text' };
    return sealMessage(JSON.stringify({ ...head, text: { content } }), { ...key, seq, msgid });
  });
  library.page('0', sealed);
}

const json = { 'content-type': 'application/json', connection: 'close' };

/** The control program beside the server. */
async function scrm(...args: string[]): Promise<{ code: number; out: string }> {
  const { databaseUrl, dataDir, masterKey = '', wecom } = system.at.system.config;
  const own = { DATABASE_URL: databaseUrl, DATA_DIR: dataDir, MASTER_KEY: masterKey, WECOM_CORP_ID: wecom.corpId };
  const options = { env: { PATH: process.env.PATH, ...own }, cwd: join(__dirname, '..', '..', '..') };
  return new Promise((resolve) => {
    execFile(process.execPath, ['--import', 'tsx', 'src/cli.ts', ...args], options, (error, out) =>
      resolve({ code: error ? Number(error.code) : 0, out }),
    );
  });
}

test('AR2 AR4 A2 A6 A12 S18 from status to a verified export, over the API and the control program', async () => {
  const { api, db, system: running } = system.at;
  expect((await api.get('archive/status')).body).toMatchObject({ configured: true, stored: 0 });
  say('您好', '报价单发您了', '好的');
  await running.services.archive.wake();
  // It was caught up with nothing before.
  const now = async () => (await api.get('archive/status')).body;
  await until('all is caught up', async () => (await now()).stored === 3 && (await now()).caught_up);
  expect((await api.get('archive/status')).body).toMatchObject({ cursor_seq: '3', stored: 3, gaps: 0, cause: null });
  expect((await api.get('archive/gaps')).body).toEqual({ items: [], next_cursor: null });
  const { body: days } = await api.get('archive/completeness?from=2020-01-01&to=2020-02-01');
  expect(days).toEqual({ items: [], next_cursor: null });
  expect((await api.get('archive/completeness?from=2020-02-01&to=2020-01-01')).status).toBe(400);
  const metrics = await (await fetch(`${running.url}/metrics`)).text();
  expect(metrics).toMatch(/^archive_lag_seconds \d+$/m);

  const { body: started, status } = await api.post('archive/verifications', {});
  expect(status).toBe(202);
  await system.at.runEnds('archive/verifications', started.id);
  const { body: verification } = await api.get(`archive/verifications/${started.id}`);
  expect(verification).toMatchObject({
    state: 'succeeded',
    result: { ok: true, faults: [], checked: { messages: 3 } },
  });
  expect((await api.get('archive/verifications')).body.items).toHaveLength(1);

  const order = { userid: 'lin', reason: 'case 12' };
  // A token takes away what it may read; a person shows a factor first.
  expect((await api.post('archive/exports', order)).status).toBe(202);
  const officer = await aPerson({ ...running.services, db }, { roles: ['compliance_officer'], name: 'Anna' });
  const as = (who: Person, path: string, init: object = {}) =>
    fetch(`${running.url}${path}`, { ...init, headers: { ...who.headers, ...json } });
  const asked = await as(officer, '/api/v1/archive/exports', { method: 'POST', body: JSON.stringify(order) });
  const run = (await asked.json()) as Json;
  expect([asked.status, run]).toEqual([202, expect.objectContaining({ kind: 'archive-export' })]);
  const view = async () => (await as(officer, `/api/v1/archive/exports/${run.id}`)).json() as Promise<Json>;
  await until('the export is made', async () => (await view()).state === 'succeeded');
  const { file } = await view();
  const other = await aPerson({ ...running.services, db }, { roles: ['compliance_officer'], name: 'Bert' });
  expect((await as(other, file)).status).toBe(404);
  const answer = await as(officer, file);
  expect(answer.headers.get('content-disposition')).toBe(`attachment; filename="archive-${run.id}.zip"`);
  const folder = join(system.at.dataDir, 'unpacked');
  unzipTo(folder, unzip(Buffer.from(await answer.arrayBuffer())));
  const { stdout } = spawnSync(process.execPath, ['verify.mjs'], { cwd: folder, encoding: 'utf8' });
  expect(stdout).toMatch(/^intact: 3 messages/);

  await db.execute('DELETE FROM archive_body WHERE id = 2');
  const broken = await scrm('archive', 'verify', '--json');
  expect([broken.code, JSON.parse(broken.out)]).toEqual([
    1,
    expect.objectContaining({
      ok: false,
      faults: [{ kind: 'MISSING', table: 'archive_body', id: 2, detail: 'nobody purged it' }],
    }),
  ]);
});
