import { execFile } from 'node:child_process';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startS3 } from '../support/s3';
import { type Json, until, useSystem } from '../support/system';

const company = useSystem({ staff: 3, externalContacts: 5, groupChats: 1, leavers: 0 });

interface Ended {
  code: number;
  out: string;
  err: string;
}

/** The control program, beside the server or without any database. */
const scrm = (args: string[], env: Record<string, string> = settings()): Promise<Ended> =>
  new Promise((resolve) => {
    const options = { env: { PATH: process.env.PATH, ...env }, cwd: join(__dirname, '..', '..') };
    execFile(process.execPath, ['--import', 'tsx', 'src/cli.ts', ...args], options, (error, out, err) =>
      resolve({ code: error ? Number(error.code) : 0, out, err }),
    );
  });

function settings(): Record<string, string> {
  const { databaseUrl, dataDir, masterKey = '', wecom } = company.at.system.config;
  return { DATABASE_URL: databaseUrl, DATA_DIR: dataDir, MASTER_KEY: masterKey, WECOM_CORP_ID: wecom.corpId };
}

const events = async (query = ''): Promise<Json[]> => (await company.at.api.get(`audit-events${query}`)).body.items;
const audited = (checks: Json[]) => checks.find(({ name }) => name === 'audit');
const readiness = async (): Promise<Json> => (await fetch(`${company.at.system.url}/readyz`)).json() as Promise<Json>;

test('S16 A2: the running server seals what was done by itself', async () => {
  await until('everything is sealed', async () => (await events()).every(({ sealed }) => sealed), 3000);
  const { body } = await company.at.api.get('audit-status');
  expect(body).toMatchObject({ pending: 0, last_checkpoint: { n: expect.any(Number) } });
  expect(body.links).toBeGreaterThan(0);
});

test('PLT-04: the trail cannot be written to by request', async () => {
  const [event] = await events();
  const { url } = company.at.system;
  for (const method of ['DELETE', 'PUT', 'PATCH', 'POST']) {
    for (const path of ['audit-events', `audit-events/${event?.id}`]) {
      expect((await fetch(`${url}/api/v1/${path}`, { method })).status).toBe(405);
    }
  }
});

test('PLT-04 S16 A3: the control program verifies, exports and checks the export; all of it is recorded', async () => {
  const verified = await scrm(['audit', 'verify', '--anchor', '--json']);
  expect(verified.code).toBe(0);
  expect(JSON.parse(verified.out)).toMatchObject({ ok: true, faults: [] });
  const file = join(company.at.dataDir, 'trail.jsonl');
  const exported = await scrm(['audit', 'export', '--to', file, '--json']);
  expect(exported.code).toBe(0);
  expect(JSON.parse(exported.out)).toEqual({ file, lines: expect.any(Number) });
  expect((await scrm(['audit', 'export', '--to', file])).code).toBe(1);
  expect(await events('?action=audit.exported')).toMatchObject([{ actor: 'host', result: 'ok' }]);
  expect(await events('?action=audit.verified')).toMatchObject([{ actor: 'host', result: 'ok' }]);
  // Without settings: no database is opened.
  const offline = await scrm(['audit', 'verify', '--file', file, '--json'], {});
  expect(offline.code).toBe(0);
  expect(JSON.parse(offline.out)).toMatchObject({ ok: true, corp: company.at.system.config.wecom.corpId });
  writeFileSync(file, readFileSync(file, 'utf8').replace('"host"', '"hast"'));
  const broken = await scrm(['audit', 'verify', '--file', file, '--json'], {});
  expect(broken.code).toBe(1);
  expect(JSON.parse(broken.out)).toMatchObject({ ok: false });
}, 60_000);

test('S16 A3: with S3_URL the control program puts anchors into the bucket and misses those the folder lost', async () => {
  const s3 = await startS3();
  const withBucket = { ...settings(), S3_URL: s3.url('witness/prod') };
  const verified = await scrm(['audit', 'verify', '--anchor'], withBucket);
  expect([verified.code, verified.out]).toEqual([
    0,
    expect.stringMatching(/^Nothing was changed: \d+ links checked.\n$/),
  ]);
  expect([...s3.objects.keys()]).toContainEqual(expect.stringMatching(/^witness\/prod\/ww\w+\/anchors\/\d{16}-/));
  s3.be('down');
  const alone = await scrm(['audit', 'verify'], withBucket);
  expect([alone.code, alone.out]).toEqual([0, expect.stringContaining('NOT compared with s3')]);
  expect(alone.err).toContain('ServiceUnavailable');
  expect(alone.err).not.toContain('CANARY');
  s3.be('well');
  const { anchorDir } = company.at.system.config;
  renameSync(anchorDir, `${anchorDir}.gone`);
  const missed = await scrm(['audit', 'verify', '--json'], withBucket);
  expect([missed.code, JSON.parse(missed.out)]).toMatchObject([1, { ok: false, witnesses: [{ name: 's3' }] }]);
  expect(new Set(JSON.parse(missed.out).faults.map(({ kind }: Json) => kind))).toEqual(new Set(['anchor_missing']));
  renameSync(`${anchorDir}.gone`, anchorDir);
  expect((await scrm(['audit', 'verify'])).code).toBe(0);
  await s3.stop();
}, 60_000);

test('S16: a changed row is found by a run and by the control program, and shows in the readiness', async () => {
  const { api, db } = company.at;
  expect(audited((await readiness()).checks)).toMatchObject({ level: 'ok' });
  const runner = db.source.createQueryRunner();
  await runner.query('DROP TRIGGER TRG_audit_event_no_update');
  await runner.release();
  await db.execute("UPDATE audit_event SET actor = 'nobody' WHERE id = 1");
  const { status, body } = await api.post('audit-verifications');
  expect(status).toBe(202);
  const run = await company.at.runEnds('runs', body.id);
  expect(run.result).toMatchObject({ ok: false, faults: [{ kind: 'changed', stream: 'audit', row_id: 1 }] });
  const found = await scrm(['audit', 'verify', '--json']);
  expect(found.code).toBe(1);
  expect(JSON.parse(found.out)).toMatchObject({ ok: false, faults: [{ kind: 'changed', row_id: 1 }] });
  await until('readiness tells', async () => audited((await readiness()).checks)?.level === 'degraded', 5000);
  expect((await readiness()).level).toBe('degraded');
}, 60_000);
