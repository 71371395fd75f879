import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { days, sleep } from '../../src/core/clock';
import { createMessageReader } from '../../src/features/archive/conversations';
import { createBlobRows } from '../../src/features/archive/media/blobs.store';
import { sandboxSettings, writeArchiveKeys } from '../../src/sandbox';
import { letLeasesPass, must } from './checks';
import { type Drill, type Ground, onSite } from './drill';
import { type Site, until } from './site';

/** Where the process dies, and at which pass: every failpoint of the archive, and of what seals it. */
const places = [
  ...['archive.page:2', 'archive.pulled:1', 'archive.batch:2', 'archive.opened:2'],
  // Here some are opened and not judged yet.
  ...['risk.judged:1', 'risk.moved:1'],
  ...['archive.slice:3', 'archive.files:1', 'archive.files-saved:1', 'evidence.linked:1', 'evidence.sealed:1'],
];
/** The quick round ends before whoever runs it loses patience, so that what did not happen is named. */
const catchUpMs = { full: 1_800_000, quick: 240_000 };
/** Compiled, like the server: poison ends it some thousand times. */
const archiveProgram = resolve('dist/src/sandbox/archive/child-main.js');

/** AR1, AR2, AR3, AR6, AR7: whatever dies while the archive catches up, it has everything once, and every byte of it. */
export const archive: Drill = {
  name: 'archive',
  about: 'SIGKILL at every failpoint and at random while the archive catches up; keys that come late; poison',
  quick: true,
  async run(ground) {
    const keysDir = mkdtempSync(join(tmpdir(), 'scrm-drill-keys-'));
    writeArchiveKeys(keysDir, [1, 3]);
    const env = {
      WECOM_ARCHIVE_SECRET: sandboxSettings.archive.secret,
      WECOM_ARCHIVE_SDK_PATH: archiveProgram,
      WECOM_ARCHIVE_KEYS_DIR: keysDir,
    };
    const sandbox = { staff: 40, externalContacts: 600, groupChats: 30, leavers: 0 };
    try {
      return await onSite(ground, { sandbox, env }, (site) => perform(site, ground, keysDir));
    } finally {
      rmSync(keysDir, { recursive: true, force: true });
    }
  },
};

async function perform(site: Site, ground: Ground, keysDir: string): Promise<string> {
  const limit = ground.quick ? catchUpMs.quick : catchUpMs.full;
  talk(site, ground.quick ? 2500 : 200_000);
  await site.server.start();
  await site.server.kill();
  for (const place of places) await dieAt(site, place);
  const kills = ground.quick ? 1 : 12;
  for (let n = 0; n < kills; n++) await dieSometime(site);
  await letLeasesPass(site);
  await site.server.start();
  await caughtUp(site, limit);
  const parked = await mustConserve(site);
  writeArchiveKeys(keysDir, [2]);
  await site.server.kill();
  await letLeasesPass(site);
  await site.server.start();
  await until('what waited for its key is opened', limit, async () => (await parkedFor(site, 'key_missing')) === 0);
  const compared = await mustEqual(site);
  const files = await mustHoldFiles(site, limit);
  const recalls = await mustFindRecalls(site, limit);
  return `${archived(site).length} archived, ${places.length + kills + 2} kills: lost 0, double 0; ${parked.key_missing} waited for a key and were opened, ${parked.poison} are poison and named; ${compared} and ${files.read} of ${files.stored} files equal to the byte; ${recalls} recalls found once`;
}

/** Days of talk: of it 5 % for a key nobody has yet, and 1 % that ends whoever opens it. */
function talk({ sandbox }: Site, count: number): void {
  const say = (share: number) =>
    sandbox.control.sayMany({ count: Math.round(count * share), over_ms: days(3), silent: true });
  sandbox.faults.set('poison', { probability: 0.01 });
  say(0.5);
  sandbox.control.rotateArchiveKey({ silent: true });
  say(0.05);
  sandbox.control.rotateArchiveKey({ silent: true });
  say(0.45);
  sandbox.faults.clear('poison');
}

const archived = ({ sandbox }: Site) => sandbox.ledger.said.filter(({ seq }) => seq !== null);

async function dieAt(site: Site, place: string): Promise<void> {
  await letLeasesPass(site);
  site.server.launch({ FAILPOINTS: place });
  await until(`killed at ${place}`, 120_000, () => !site.server.running);
  const { signal } = await site.server.ended();
  must(signal === 'SIGKILL', `the process ended otherwise before ${place}`);
}

async function dieSometime(site: Site): Promise<void> {
  await letLeasesPass(site);
  await site.server.start();
  await sleep(500 + Math.random() * 3000);
  await site.server.kill();
}

const count = async (site: Site, from: string, params: string[] = []): Promise<number> =>
  Number((await (await site.db()).query<{ n: unknown }>(`SELECT COUNT(*) AS n FROM ${from}`, params))[0]?.n);

const parkedFor = (site: Site, reason: string) => count(site, 'archive_parked WHERE reason = ?', [reason]);

async function caughtUp(site: Site, limit: number): Promise<void> {
  const all = archived(site).length;
  await until('the archive has caught up', limit, async () => {
    const [row] = await (await site.db()).query<{ last_id: unknown }>(
      "SELECT last_id FROM archive_cursor WHERE name = 'open'",
    );
    return Number(row?.last_id ?? 0) >= all;
  });
}

/** AR2: what was said is a message or is parked with its reason; nothing is missing and nothing is there twice. */
async function mustConserve(site: Site): Promise<{ key_missing: number; poison: number }> {
  const said = archived(site);
  const envelopes = await count(site, 'archive_envelope');
  const [messages, parked, gaps] = [
    await count(site, 'archive_message'),
    await count(site, 'archive_parked'),
    await count(site, 'archive_gap'),
  ];
  must(envelopes === said.length, `${said.length} were archived, ${envelopes} are stored`);
  must(messages + parked === envelopes, `${envelopes} stored, but ${messages} messages and ${parked} parked`);
  must((await count(site, '(SELECT DISTINCT seq FROM archive_envelope) d')) === envelopes, 'some are there twice');
  must(gaps === 0, `${gaps} gaps where there is none`);
  const late = said.filter(({ publickey_ver, poison }) => publickey_ver === 2 && !poison).length;
  const poison = said.filter((one) => one.poison && one.publickey_ver !== 2).length;
  const found = { key_missing: await parkedFor(site, 'key_missing'), poison: await parkedFor(site, 'poison') };
  must(found.poison === poison, `${poison} are poison, ${found.poison} are named so`);
  must(found.key_missing >= late, `${late} wait for a key, ${found.key_missing} are named so`);
  return found;
}

/** AR7. @returns how many were compared */
async function mustEqual(site: Site): Promise<number> {
  const [db, vault] = [await site.db(), await site.vault()];
  const truth = new Map(archived(site).map(({ msgid, plain }) => [msgid, plain]));
  const rows = await db.query<{ id: number | string }>('SELECT id FROM archive_message ORDER BY id');
  const reader = createMessageReader({ db, vault });
  let compared = 0;
  for (let at = 0; at < rows.length; at += 500) {
    const stored = await reader.read(rows.slice(at, at + 500).map(({ id }) => Number(id)));
    for (const { msgid, opened } of stored) {
      must(truth.get(msgid) === opened?.plain, `message ${msgid} is not what was said`);
      must(truth.delete(msgid), `message ${msgid} is there twice`);
      compared += 1;
    }
  }
  const poison = archived(site).filter((one) => one.poison).length;
  must(truth.size === poison, `${truth.size} are no message, ${poison} of them are poison`);
  return compared;
}

const mostFilesRead = 5000;

/** AR6: every file of what can be read has come; those that are read again hold what was sent. */
async function mustHoldFiles(site: Site, limit: number): Promise<{ stored: number; read: number }> {
  const [db, vault] = [await site.db(), await site.vault()];
  const unsettled = () => count(site, "archive_file WHERE state = 'pending'");
  await until('every file has come', limit, async () => (await unsettled()) === 0);
  const readable = archived(site).filter(({ poison }) => !poison);
  const sent = new Map(
    readable.flatMap(({ media }) =>
      media.map(({ sdkfileid, sha256 }) => [vault.fingerprint('archive_file', sdkfileid), sha256] as const),
    ),
  );
  const stored = await count(site, "archive_file WHERE state = 'stored'");
  must(stored === sent.size, `${sent.size} files were sent, ${stored} are stored`);
  const keys = createBlobRows({ db, vault });
  // By keyed hashes: as good as drawn by lot.
  const rows = await db.query<{ id: string; blob_id: string }>(
    `SELECT id, blob_id FROM archive_file ORDER BY id LIMIT ${mostFilesRead}`,
  );
  for (const { id, blob_id } of rows) {
    const key = await keys.key(blob_id);
    must(key !== undefined, `file ${id} has no key`);
    const hash = createHash('sha256');
    for await (const part of site.blobs.read(key)) hash.update(part);
    must(hash.digest('hex') === sent.get(id), `file ${id} is not what was sent`);
  }
  return { stored, read: rows.length };
}

/** DET RECALL: every message was judged, and each recall was found once, whatever died in between. */
async function mustFindRecalls(site: Site, limit: number): Promise<number> {
  await until('every message is judged', limit, async () => {
    const unjudged = 'archive_batch WHERE id > (SELECT COALESCE(MAX(last_id), 0) FROM risk_cursor)';
    return (await count(site, unjudged)) === 0 && (await count(site, 'risk_rejudge')) === 0;
  });
  const recalls = await count(site, "archive_message WHERE type = 'revoke' AND sender NOT LIKE 'wb%'");
  const found = await count(site, "finding WHERE detector = 'RECALL'");
  must(found === recalls, `${recalls} were taken back, ${found} of them were found`);
  return recalls;
}
