import type { Clock } from '../../../core/clock';
import { counterIn, type Page, toPage } from '../../../core/paging';
import type { Database } from '../../../db/database';
import type { AuditEvent, AuditResult } from './audit.entity';
import { type AuditFilter, auditRepository } from './audit.repository';
import type { AuditEventView, AuditQuery } from './audit.schema';

/** What is written of an act. Put no secret into any of it. */
interface AuditEntry {
  /** `account:<id>`, `token:<id>`, `host` (somebody at the server's command line), `anonymous` */
  actor: string;
  /** `<thing>.<done>`, such as `api_token.issued` */
  action: string;
  /** `<thing>:<id>` */
  target: string;
  result: AuditResult;
  reason?: string | undefined;
  /** Network address the request came from. */
  address?: string | undefined;
  detail?: object | undefined;
}

export type AuditService = ReturnType<typeof createAuditService>;

export function createAuditService({ db, clock }: { db: Database; clock: Clock }) {
  return {
    /**
     * Writes the row in the open transaction, or in one of its own. Call it inside the transaction of the act it
     * proves: then neither stands without the other (S16).
     */
    record: ({ actor, action, target, result, ...more }: AuditEntry): Promise<void> =>
      db.transact(async (em) => {
        await auditRepository(em).add({
          at: clock.now(),
          actor,
          action,
          target,
          result,
          reason: more.reason ?? null,
          address: more.address ?? null,
          detail: more.detail ? JSON.stringify(more.detail) : null,
        });
      }),

    /** One page, newest first. @throws paging.bad_cursor */
    async list({ limit, cursor, ...filters }: AuditQuery): Promise<Page<AuditEventView>> {
      const before = cursor === undefined ? undefined : counterIn(cursor);
      const rows = await auditRepository(db.em).newest(given(filters), limit + 1, before);
      return toPage(rows, limit, (row) => [Number(row.id)], toView);
    },
  };
}

const given = (filters: { [K in keyof AuditFilter]: string | undefined }): AuditFilter =>
  Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== undefined));

const toView = (event: AuditEvent): AuditEventView => ({
  id: String(event.id),
  at: event.at.toISOString(),
  actor: event.actor,
  action: event.action,
  target: event.target,
  result: event.result,
  reason: event.reason,
  address: event.address,
  // No row is sealed before there is a sealer, and it is shown so.
  sealed: false,
});
