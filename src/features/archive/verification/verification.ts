import { z } from 'zod';
import type { Logger } from '../../../core/logger';
import type { Page } from '../../../core/paging';
import type { Finding, HealthCheck } from '../../../http/health';
import type { Runs, RunView } from '../../../jobs';
import type { AuditEventView, AuditService } from '../../kernel/audit';
import type { Evidence, Verdict } from '../../kernel/evidence';
import type { Checked, CheckOptions, Found, RowFault } from './faults';
import { verificationError } from './verification.errors';
import { type ArchiveVerdict, marks as marksSchema, type Scope } from './verification.schema';

type Marks = z.infer<typeof marksSchema>;
type Reading = Omit<CheckOptions, 'after'>;

/** Who can read a part of the archive again. */
export interface ArchiveChecks {
  envelopes(options: CheckOptions): Promise<Checked>;
  messages(options: Reading & { after: { batch: number; envelope: number } }): Promise<Checked & { envelope: number }>;
  /** Files of messages. */
  files(options: CheckOptions): Promise<Checked>;
  statements(after: number): Promise<{ faults: RowFault[]; last: number; checked: number }>;
}

interface Deps {
  audit: Pick<AuditService, 'record' | 'last'>;
  evidence: Pick<Evidence, 'seal' | 'verify' | 'anchor'>;
  runs: Runs;
  logger: Pick<Logger, 'error'>;
  checks: ArchiveChecks;
}

/** Who verifies what. */
interface Order {
  scope: Scope;
  actor: string;
  signal?: AbortSignal;
  progress?: (rows: number) => Promise<void>;
}

export type ArchiveVerifications = ReturnType<typeof createArchiveVerifications>;

const kind = 'archive-verification';
const action = 'archive.verified';
const target = 'archive:messages';
/** Beyond this they are only counted. */
const mostListed = 1000;
/** How many faults the record of a verification names. */
const mostRecorded = 20;

const fromTheBeginning: Marks = { envelope: 0, batch: 0, conserved: 0, file: 0, statement: 0, n: 0, link: '' };

/** Reading the archive again and comparing it with what the chain fixed (A2): by run, by schedule and by command. */
export function createArchiveVerifications({ audit, evidence, runs, logger, checks }: Deps) {
  const last = async (): Promise<Recorded | null> => toRecorded(await audit.last(action, target));

  /** Only what was found sound needs no second look: after a fault everything is read again. */
  async function startOf(scope: Scope): Promise<Marks> {
    const before = scope === 'new' ? await last() : null;
    return before?.ok ? before.marks : fromTheBeginning;
  }

  async function read(from: Marks, reading: Reading): Promise<{ marks: Marks; checked: ArchiveVerdict['checked'] }> {
    const envelopes = await checks.envelopes({ ...reading, after: from.envelope });
    const messages = await checks.messages({ ...reading, after: { batch: from.batch, envelope: from.conserved } });
    const files = await checks.files({ ...reading, after: from.file });
    const statements = await checks.statements(from.statement);
    for (const fault of statements.faults) reading.found(fault);
    const { n, link } = from;
    const chain = await evidence.verify({ after: n === 0 ? undefined : { n, link }, signal: reading.signal });
    for (const fault of chainFaults(chain)) reading.found(fault);
    return {
      marks: {
        ...{ envelope: envelopes.last, batch: messages.last, conserved: messages.envelope },
        ...{ file: files.last, statement: statements.last, ...chain.head },
      },
      checked: {
        ...{ envelopes: envelopes.rows, messages: messages.rows, files: files.rows },
        ...{ statements: statements.checked, links: chain.checked },
      },
    };
  }

  async function verify({ scope, actor, signal, progress }: Order): Promise<ArchiveVerdict> {
    await evidence.seal();
    const began = performance.now();
    const faults = collector();
    const { marks, checked } = await read(await startOf(scope), { found: faults.found, signal, progress });
    const verdict = { ok: faults.count() === 0, scope, checked, faults: faults.listed, fault_count: faults.count() };
    const { listed } = faults;
    const detail = { scope, checked, marks, fault_count: verdict.fault_count, faults: listed.slice(0, mostRecorded) };
    if (!verdict.ok) logger.error('the archive is not what was stored', detail);
    const duration_ms = Math.round(performance.now() - began);
    const result = verdict.ok ? 'ok' : 'failed';
    await audit.record({ actor, action, target, result, detail: { ...detail, duration_ms } });
    await evidence.seal();
    return verdict;
  }

  runs.define<{ scope: Scope; actor: string }, never, ArchiveVerdict>(kind, {
    exclusive: true,
    execute({ params: { scope, actor }, signal, progress }) {
      let done = 0;
      const tell = (rows: number) => {
        done += rows;
        return progress({ done, total: done });
      };
      return verify({ scope, actor, signal, progress: tell });
    },
  });

  return {
    verify,

    /** @throws run.in_progress */
    start: (scope: Scope, actor: string, requestedBy: string): Promise<RunView> =>
      runs.start(kind, { scope, actor }, requestedBy),

    /** Newest first. @throws paging.bad_cursor */
    list: (filter: { limit: number; cursor?: string | undefined }): Promise<Page<RunView>> =>
      runs.list({ ...filter, kind }),

    /** @throws archive_verification.not_found, run.not_found */
    async get(id: string): Promise<RunView> {
      const run = await runs.get(id);
      if (run.kind !== kind) throw verificationError('not_found', { id });
      return run;
    },

    /** Whether the archive was what it must be when it was last looked at. */
    health: { name: 'archive_integrity', check: async () => finding(await last()) } satisfies HealthCheck,
  };
}

function collector() {
  const listed: RowFault[] = [];
  let count = 0;
  const found: Found = (fault) => {
    count += 1;
    if (listed.length < mostListed) listed.push(fault);
  };
  return { listed, found, count: () => count };
}

/** What the chain says of the archive; the audit trail is verified by itself. */
const chainFaults = ({ faults }: Verdict): RowFault[] =>
  faults.flatMap(({ kind: what, stream, row_id, n, detail }) =>
    stream === 'audit'
      ? []
      : [
          {
            ...({ kind: 'CHAIN', table: stream ?? 'evidence_link', id: row_id ?? n ?? 0 } as const),
            detail: detail ? `${what}: ${detail}` : what,
          },
        ],
  );

const recorded = z.object({ ok: z.boolean(), at: z.string(), fault_count: z.number(), marks: marksSchema });
type Recorded = z.infer<typeof recorded>;

/** The record of a verification, read back; null when there is none, or somebody edited it. */
function toRecorded(event: AuditEventView | undefined): Recorded | null {
  if (typeof event?.detail !== 'object') return null;
  return recorded.safeParse({ ...event.detail, at: event.at, ok: event.result === 'ok' }).data ?? null;
}

function finding(last: Recorded | null): Finding {
  if (last && !last.ok) return { level: 'degraded', detail: `${last.fault_count} faults at the last verification` };
  return { level: 'ok', detail: last ? `verified at ${last.at}` : 'not verified yet' };
}
