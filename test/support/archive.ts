import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { createLogger } from 'winston';
import type { Database } from '../../src/db/database';
import { guardInsertOnly } from '../../src/db/migration-dsl';
import { letPurgedEnvelopesBeEmptied } from '../../src/db/migrations/1763769603400-archive-retention';
import { allEntities } from '../../src/entities';
import {
  createArchiveStatements,
  createArchiveStatus,
  type MediaLedger,
  statementStream,
} from '../../src/features/archive/completeness';
import {
  batchStream,
  checkMessages,
  createConversationViews,
  createMessageProofs,
  createMessageReader,
  createOpener,
  type MediaLookup,
  type MessageSink,
} from '../../src/features/archive/conversations';
import { checkEnvelopes, createPuller, pageStream } from '../../src/features/archive/envelopes';
import { createArchiveExports, type ExportMedia } from '../../src/features/archive/exports';
import { createArchiveVerifications, type Purges } from '../../src/features/archive/verification';
import { createApprovalService } from '../../src/features/kernel/approvals';
import { auditStream, createAuditService } from '../../src/features/kernel/audit';
import { createDomainEvents } from '../../src/features/kernel/events';
import { createScopes } from '../../src/features/kernel/scope';
import { createJobQueue, createLeases, createRuns, createWorker } from '../../src/jobs';
import { type Envelope, type Opened, type Pulled, SdkFault, type Sealed } from '../../src/wecom/archive';
import { openTestDatabase } from './database';
import { corpAtTest, evidenceAt } from './evidence';
import { vaultAtTest } from './vault';

export const customer = 'wmDEMOaaaa0000000000000000000001';

export interface Said {
  seq?: bigint | number;
  msgid?: string;
  from?: string;
  to?: string[];
  chat?: string;
  at?: Date;
  /** Of the key it is sealed for; 1 is here. */
  version?: number;
  /** Beside or instead of a text. */
  more?: object;
}

/** A pretend WeCom that seals nothing: what is told here is what opens. */
function company(now: () => Date) {
  const held: Envelope[] = [];
  const state = { oldest: 0n, code: 0, errcode: 0, pageSize: 1000, keys: new Set([1]), next: 1n };
  return {
    state,
    held,
    say(content: string, { seq = state.next, at = now(), version = 1, more = {}, ...who }: Said = {}): Envelope {
      state.next = BigInt(seq) + 1n;
      const { msgid = `m${seq}`, from = 'lin', to = [customer], chat = '' } = who;
      const head = { msgid, action: 'send', from, tolist: to, roomid: chat, msgtime: at.getTime() };
      const plain = JSON.stringify({ ...head, msgtype: 'text', text: { content }, ...more });
      const envelope = {
        ...{ seq: String(seq), msgid, publickey_ver: version },
        ...{ encrypt_random_key: `key of ${seq}`, encrypt_chat_msg: Buffer.from(plain).toString('base64') },
      };
      held.push(envelope);
      return envelope;
    },
    sdk: {
      async pull(seq: string): Promise<Pulled> {
        if (state.code !== 0) throw new SdkFault(state.code);
        if (seq !== '0' && BigInt(seq) + 1n < state.oldest) throw new SdkFault(10010);
        const after = held.filter((e) => BigInt(e.seq) > BigInt(seq) && BigInt(e.seq) >= state.oldest);
        return { errcode: state.errcode, errmsg: '', envelopes: after.slice(0, state.pageSize) };
      },
      open: async (sealed: readonly Sealed[]): Promise<Opened[]> =>
        sealed.map(({ publickey_ver, encrypt_chat_msg }) =>
          state.keys.has(publickey_ver)
            ? { plain: Buffer.from(encrypt_chat_msg, 'base64').toString() }
            : { fault: 'key_missing', code: null },
        ),
    },
  };
}

interface Options {
  media?: MediaLedger;
  files?: ExportMedia;
  lookup?: MediaLookup;
}

const noCounts = { stored: 0, pending: 0, expired: 0, failed: 0 };
const noMediaLedger: MediaLedger = { counts: async () => noCounts, countsOf: async () => noCounts };
const unknownPresence = { seats: async () => null, consents: async () => null };
const noExportMedia: ExportMedia = { open: () => Readable.from([]) };

/** Purged is here whatever has no key any more. */
const destroyedKeys = (db: Database): Purges => ({
  async purged(ids) {
    const rows = await db.query<{ id: number }>(
      `SELECT m.id FROM archive_message m JOIN archive_body_key k ON k.conversation_id = m.conversation_id
       WHERE k.sealed IS NULL AND k.month = SUBSTR(m.sent_at, 1, 7)`,
    );
    return new Set(rows.map(({ id }) => Number(id)).filter((id) => ids.includes(id)));
  },
});

/** Tables of state: they have no guards. */
const unguarded = ['archive_body', 'archive_parked'];
const noMedia: MediaLookup = { of: async () => () => undefined };

export type ArchiveAtTest = Awaited<ReturnType<typeof archiveAtTest>>;

/** The archive on a database of its own, under a clock that the test moves, and a WeCom that says what it is told. */
export async function archiveAtTest({ media = noMediaLedger, files = noExportMedia, lookup = noMedia }: Options = {}) {
  const time = { now: new Date('2026-11-02T02:00:00.000Z') };
  const clock = { now: () => time.now };
  const { db, close } = await openTestDatabase(allEntities, clock);
  const streams = [auditStream, pageStream, batchStream, statementStream];
  const { evidence, dropAnchors } = evidenceAt(db, clock, { streams });
  const logger = createLogger({ silent: true });
  const wecom = company(clock.now);
  const vault = vaultAtTest;
  const leases = createLeases({ db });
  const audit = createAuditService({ db, clock, evidence });
  const queue = createJobQueue({ db });
  const runs = createRuns({ db, queue, logger });
  const parts = { db, vault, clock, logger, leases, evidence, events: createDomainEvents(), sdk: wecom.sdk };
  const puller = createPuller({ ...parts, callsPerMinute: 1_000_000 });
  const openerWith = (sinks: readonly MessageSink[]) => createOpener({ ...parts, sinks });
  const opener = openerWith([]);
  const known = { db, clock, media, presence: unknownPresence };
  const statements = createArchiveStatements({ ...known, queue, audit, evidence });
  const verifications = createArchiveVerifications({
    ...{ audit, evidence, runs, logger },
    checks: {
      envelopes: (options) => checkEnvelopes({ db, purges: destroyedKeys(db) }, options),
      messages: (options) => checkMessages({ db, vault, purges: destroyedKeys(db) }, options),
      files: async ({ after }) => ({ rows: 0, last: after }),
      statements: statements.faults,
    },
  });
  const accounts = { find: async (id: string) => ({ id, name: `name of ${id}`, created_at: new Date(0) }) as never };
  const approvals = createApprovalService({ db, clock, audit, accounts });
  const reader = createMessageReader({ db, vault });
  const views = createConversationViews({ db, scopes: createScopes(db), audit, reader, media: lookup });
  const tampered = new Set<string>();
  const dir = mkdtempSync(join(tmpdir(), 'scrm-exports-'));
  const exports = createArchiveExports({
    ...{ db, clock, vault, runs, queue, audit, approvals, evidence, views, reader, media: files, dir },
    ...{ proofs: createMessageProofs({ db, vault }), stream: batchStream.name, corp: corpAtTest },
  });
  const worker = createWorker({ db, queue, handlers: [...runs.handlers(), exports.handler()], logger });
  return {
    ...{ approvals, exports, views, worker, exportsDir: dir },
    ...{ db, clock, logger, wecom, vault, evidence, audit, queue, runs, puller, opener, openerWith },
    reader,
    status: createArchiveStatus({ ...known, configured: () => true }),
    statements,
    verifications,
    at: (iso: string): void => {
      time.now = new Date(iso);
    },
    later: (ms: number): void => {
      time.now = new Date(time.now.getTime() + ms);
    },
    /** Fetches and opens all there is. */
    async fetch(): Promise<void> {
      await puller.pullAll();
      await opener.openAll();
    },
    /** What somebody does who has the database: past its own guards. */
    async tamper(table: string, ...statements: string[]): Promise<void> {
      for (const verb of ['update', 'delete']) await db.execute(`DROP TRIGGER IF EXISTS TRG_${table}_no_${verb}`);
      if (!unguarded.includes(table)) tampered.add(table);
      for (const sql of statements) await db.execute(sql);
    },
    rows: (table: string) => db.query(`SELECT * FROM ${table} ORDER BY id`),
    async close(): Promise<void> {
      await worker.stop({ graceMs: 5000 });
      // The database may serve another test: its guards stand again.
      const runner = db.source.createQueryRunner();
      for (const table of tampered) await guardInsertOnly(runner, table);
      if (tampered.has('archive_envelope')) await letPurgedEnvelopesBeEmptied(runner);
      await runner.release();
      dropAnchors();
      rmSync(dir, { recursive: true, force: true });
      await close();
    },
  };
}
