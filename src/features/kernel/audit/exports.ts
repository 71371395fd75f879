import { type Clock, hours } from '../../../core/clock';
import { newId } from '../../../core/ids';
import type { Database } from '../../../db/database';
import { actorOf, type Viewer } from '../../../http/permissions';
import { iso } from '../../../http/schema';
import type { ApprovalService, By } from '../approvals';
import type { Evidence } from '../evidence';
import { auditError } from './audit.errors';
import { type NewExport, newExport } from './audit.schema';
import type { AuditService } from './audit.service';
import { auditStream } from './audit.stream';
import { AuditExport } from './audit-export.entity';

interface Deps {
  db: Database;
  clock: Clock;
  audit: Pick<AuditService, 'record'>;
  evidence: Pick<Evidence, 'export' | 'seal'>;
  approvals: Pick<ApprovalService, 'define' | 'required'>;
}

export type AuditExports = ReturnType<typeof createAuditExports>;

const act = 'audit.export';
const target = 'evidence:chain';
/** More than this leaves the house only when a second person agrees (S12). */
const mostAlone = 1000;
/** S18: how long the file can be fetched. */
const lasts = hours(24);

/** Taking the whole trail away, with chain, signatures and anchors, so that it can be verified elsewhere. */
export function createAuditExports({ db, clock, audit, evidence, approvals }: Deps) {
  const rows = () => db.em.getRepository(AuditExport);

  async function eventCount(): Promise<number> {
    const [row] = await db.query<{ n: unknown }>('SELECT COUNT(*) AS n FROM audit_event');
    return Number(row?.n);
  }

  async function permit({ reason }: NewExport, { viewer, address }: By) {
    const now = clock.now();
    const expires_at = new Date(now.getTime() + lasts);
    const row = { id: newId(), requested_by: actorOf(viewer), reason, created_at: now, expires_at };
    const events = await eventCount();
    await db.transact(async () => {
      await rows().insert({ ...row, events });
      const detail = { export_id: row.id, events };
      await audit.record({
        ...{ actor: row.requested_by, action: 'audit.export_permitted', target, address, detail },
        ...{ result: 'ok', reason: reason.slice(0, 255) },
      });
    });
    return toView({ ...row, events });
  }

  approvals.define<NewExport>({
    ...{ key: act, asks: 'audit:export', decides: 'exports:approve', payload: newExport },
    describe: async () => ({ target, subject: `${await eventCount()} events` }),
    execute: permit,
  });

  /** @throws audit.unknown_export also when it is somebody else's, or over */
  async function permitted(id: string, viewer: Viewer): Promise<AuditExport> {
    const row = await rows().findOneBy({ id, requested_by: actorOf(viewer) });
    if (!row || row.expires_at <= clock.now()) throw auditError('unknown_export');
    return row;
  }

  return {
    /** @throws approval.required for more than 1,000 events */
    async start(body: NewExport, by: By) {
      if ((await eventCount()) > mostAlone) throw approvals.required(act, body);
      return permit(body, by);
    },

    /** The viewer's own, newest first, as long as they can be fetched. */
    async list(viewer: Viewer) {
      const found = await rows().find({ where: { requested_by: actorOf(viewer) }, order: { id: 'DESC' }, take: 50 });
      return found.filter(({ expires_at }) => expires_at > clock.now()).map(toView);
    },

    /** The record of the download comes first, and is sealed, so that the file holds it. @throws audit.unknown_export */
    async file(id: string, { viewer, address }: By) {
      const { reason } = await permitted(id, viewer);
      const row = { actor: actorOf(viewer), action: 'audit.exported', target, address, detail: { export_id: id } };
      await audit.record({ ...row, result: 'ok', reason: reason.slice(0, 255) });
      await evidence.seal({ sign: true });
      return { name: `audit-${id}.jsonl`, lines: evidence.export([auditStream.name]) };
    },
  };
}

const toView = ({ id, reason, events, created_at, expires_at }: Omit<AuditExport, 'requested_by'>) => ({
  id,
  reason,
  events: Number(events),
  created_at: iso(created_at),
  expires_at: iso(expires_at),
  file: `/api/v1/audit-exports/${id}/file`,
});
