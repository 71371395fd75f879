import type { z } from 'zod';
import { hours } from '../../../core/clock';
import type { Logger } from '../../../core/logger';
import { maskText } from '../../../core/mask';
import { type Page, textIn, toPage } from '../../../core/paging';
import { insertRows } from '../../../db/bulk';
import { type Database, toDate } from '../../../db/database';
import { actorOf, type Viewer } from '../../../http/permissions';
import { iso } from '../../../http/schema';
import type { TicketApi, TicketKind } from '../../../wecom';
import type { AuditService } from '../audit';
import type { SidebarFailure } from './sidebar.entity';
import { sidebarError } from './sidebar.errors';
import type { Failure, FailureQuery, failureView } from './sidebar.schema';

type FailureView = z.input<typeof failureView>;

export interface FailureDeps {
  db: Database;
  audit: Pick<AuditService, 'record'>;
  logger: Pick<Logger, 'warn'>;
  attempts: { begin(limits: { bucket: string; most: number; slows: boolean; windowMs: number }[]): Promise<number> };
  wecom: { tickets: Pick<TicketApi, 'distrust'> };
}

const table = 'sidebar_failure';
const columns = ['id', 'step', 'code', 'times', 'first_at', 'last_at', 'last_actor', 'last_message'];
const mostPerHour = 20;
const longestMessage = 300;

/** Which ticket a step was signed with. */
const signedWith: Partial<Record<Failure['step'], TicketKind>> = { config: 'jsapi_corp', agent_config: 'jsapi_agent' };

/** What people's sidebars failed at: a row for each way to fail, so that there are never more than so many. */
export function createFailures({ db, audit, logger, attempts, wecom }: FailureDeps) {
  async function count({ step, code }: Failure, last: { actor: string; message: string }): Promise<void> {
    const [id, now] = [`${step}.${code}`, db.now()];
    const row = [id, step, code, 0, now, now, last.actor, last.message];
    await insertRows(db, { table, columns, onConflict: { keys: ['id'] } }, [row]);
    await db.execute(
      `UPDATE ${table} SET times = times + 1, last_at = ?, last_actor = ?, last_message = ? WHERE id = ?`,
      [now, last.actor, last.message, id],
    );
  }

  return {
    /**
     * Writes down that a sidebar failed. A signature that WeCom's client refused makes the next one of a new ticket.
     * @throws sidebar.too_many
     */
    async report(failure: Failure, { viewer, address }: { viewer: Viewer; address: string }): Promise<void> {
      const actor = actorOf(viewer);
      const limit = { bucket: `sidebar:${actor}`, most: mostPerHour, slows: false, windowMs: hours(1) };
      if ((await attempts.begin([limit])) > 0) throw sidebarError('too_many');
      const { step, code } = failure;
      const message = maskText(failure.message).slice(0, longestMessage);
      await db.transact(async () => {
        await count(failure, { actor, message });
        await audit.record({
          ...{ actor, action: 'sidebar.failed', target: `sidebar:${step}`, result: 'failed', address },
          detail: { code },
        });
      });
      logger.warn('the sidebar failed for somebody', { actor, step, code, message });
      const ticket = signedWith[step];
      if (code === 'bad_signature' && ticket) await wecom.tickets.distrust(ticket);
    },

    /** @throws paging.bad_cursor */
    async list({ limit, cursor }: FailureQuery): Promise<Page<FailureView>> {
      const [after, ...from] = cursor === undefined ? ['1 = 1'] : ['id > ?', textIn(cursor)];
      const rows = await db.query<SidebarFailure>(
        `SELECT ${columns.join(', ')} FROM ${table} WHERE ${after} ORDER BY id LIMIT ?`,
        [...from, limit + 1],
      );
      return toPage(rows, limit, (row) => [row.id], viewOf);
    },

    /** Ways to fail that somebody met since then. */
    async since(at: Date): Promise<Pick<SidebarFailure, 'step' | 'code' | 'times'>[]> {
      const rows = await db.query<SidebarFailure>(
        `SELECT step, code, times FROM ${table} WHERE last_at >= ? ORDER BY last_at DESC`,
        [at],
      );
      return rows.map(({ step, code, times }) => ({ step, code, times: Number(times) }));
    },
  };
}

const viewOf = (row: SidebarFailure): FailureView => ({
  step: row.step as FailureView['step'],
  code: row.code as FailureView['code'],
  times: Number(row.times),
  first_at: iso(toDate(row.first_at)),
  last_at: iso(toDate(row.last_at)),
  last_actor: row.last_actor,
  last_message: row.last_message,
});
