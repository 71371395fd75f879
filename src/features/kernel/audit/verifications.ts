import { z } from 'zod';
import type { Logger } from '../../../core/logger';
import type { Finding, HealthCheck } from '../../../http/health';
import type { Runs, RunView } from '../../../jobs';
import type { Evidence, Verdict } from '../evidence';
import { type AuditEventView, type AuditStatus, type Scope, type Verification, verification } from './audit.schema';
import type { AuditService } from './audit.service';

interface Deps {
  audit: AuditService;
  evidence: Evidence;
  runs: Runs;
  logger: Logger;
}

/** Who verifies what. */
interface Order {
  scope: Scope;
  actor: string;
  /** Write an anchor afterwards; done by default. */
  anchor?: boolean;
  signal?: AbortSignal;
  progress?: (done: number) => Promise<void>;
}

export type Verifications = ReturnType<typeof createVerifications>;

const kind = 'audit-verification';
const action = 'audit.verified';
const target = 'evidence:chain';
/** How many faults the record of a verification names. */
const mostRecorded = 20;

/** Verifying the chain: by run, by schedule and by command. Each verification is itself recorded. */
export function createVerifications({ audit, evidence, runs, logger }: Deps) {
  const last = async (): Promise<Recorded | null> => toVerification(await audit.last(action, target));

  /** Only what was found sound needs no second look: after a fault everything is read again. */
  async function startOf(scope: Scope) {
    const before = scope === 'new' ? await last() : null;
    return before?.ok ? { n: before.n, link: before.link } : undefined;
  }

  async function verify({ scope, actor, anchor = true, signal, progress }: Order): Promise<Verdict> {
    await evidence.seal();
    const began = performance.now();
    const verdict = await evidence.verify({ after: await startOf(scope), signal, progress });
    const { ok, checked, faults, fault_count, after, head, witnesses } = verdict;
    const found = { fault_count, faults: faults.slice(0, mostRecorded) };
    const detail = { scope, checked, after, ...head, witnesses, ...found };
    if (!ok) logger.error('the chain of evidence is broken', detail);
    const duration_ms = Math.round(performance.now() - began);
    await audit.record({ actor, action, target, result: ok ? 'ok' : 'failed', detail: { ...detail, duration_ms } });
    await evidence.seal();
    if (anchor) await evidence.anchor();
    return verdict;
  }

  runs.define<{ scope: Scope; actor: string }, never, Verdict>(kind, {
    exclusive: true,
    async execute({ params: { scope, actor }, signal, progress }) {
      const { links } = await evidence.status();
      return verify({ scope, actor, signal, progress: (done) => progress({ done, total: Math.max(done, links) }) });
    },
  });

  return {
    verify,

    /** @throws run.in_progress */
    start: (scope: Scope, actor: string, requestedBy: string): Promise<RunView> =>
      runs.start(kind, { scope, actor }, requestedBy),

    list: (filter: { limit: number; cursor?: string | undefined }) => runs.list({ ...filter, kind }),

    async status(): Promise<AuditStatus> {
      return { ...(await evidence.status()), last_verification: await last() };
    },

    /** Whether the chain held when it was last looked at, and where its anchors lie. */
    health: {
      name: 'audit',
      check: async () => finding(await evidence.status(), await last()),
    } satisfies HealthCheck,
  };
}

const recorded = verification.extend({ link: z.string() });
type Recorded = z.infer<typeof recorded>;

/** The record of a verification, read back; null when there is none, or somebody edited it. */
function toVerification(event: AuditEventView | undefined): Recorded | null {
  if (typeof event?.detail !== 'object') return null;
  const { at, actor, result } = event;
  return recorded.safeParse({ ...event.detail, at, actor, ok: result === 'ok' }).data ?? null;
}

function finding(
  { links, pending, anchors_on_same_disk, witnesses_behind }: Omit<AuditStatus, 'last_verification'>,
  last: Verification | null,
): Finding {
  if (last && !last.ok) {
    return { level: 'degraded', detail: `the trail was changed: ${last.fault_count} faults at the last verification` };
  }
  const advice = anchors_on_same_disk
    ? '; anchors lie on the disk of the database, set AUDIT_ANCHOR_DIR, AUDIT_ANCHOR_MAIL_TO or S3_URL'
    : '';
  const behind = witnesses_behind.length > 0 ? `; the newest anchor did not reach: ${witnesses_behind.join(', ')}` : '';
  return { level: 'ok', detail: `${links} links, ${pending} rows wait${advice}${behind}` };
}
