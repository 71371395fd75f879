import { minutes } from '../../../core/clock';
import { counterIn, type Page, toPage } from '../../../core/paging';
import { allOf, type Condition } from '../../../db/conditions';
import { type Database, placeholders, toDate } from '../../../db/database';
import type { Viewer } from '../../../http/permissions';
import { iso } from '../../../http/schema';
import type { AuditService } from '../../kernel/audit';
import type { CalendarService } from '../../kernel/calendar';
import type { Evidence } from '../../kernel/evidence';
import type { NotificationService } from '../../kernel/notifications';
import type { ScopeService } from '../../kernel/scope';
import { FindingEscalation } from './escalation.entity';
import { findingEscalationStream } from './escalation.stream';
import type { EscalationQuery, EscalationView } from './escalations.schema';
import { dueAt, type Unattended, unattended } from './unattended';

interface Deps {
  db: Database;
  audit: Pick<AuditService, 'record' | 'names'>;
  evidence: Pick<Evidence, 'append'>;
  calendar: Pick<CalendarService, 'current'>;
  notifications: Pick<NotificationService, 'raise' | 'levelsAbove'>;
  scopes: ScopeService;
  /** Minutes of working time until the next level hears of it. */
  waitMinutes: number;
}

export type Escalations = ReturnType<typeof createEscalations>;

/**
 * Tells of serious findings that nobody opened or decided: level by level up the reporting tree, then compliance and
 * administrators. Each level once, and never whom it is about or who stands below them.
 */
export function createEscalations({ db, audit, evidence, calendar, notifications, scopes, waitMinutes }: Deps) {
  function tell(finding: Unattended, level: number, isLast: boolean): Promise<string[]> {
    const { detector, severity } = finding;
    const userid = finding.userid ?? '';
    const groupKey = `escalated:${isLast ? 'last' : level}:${detector}:${userid}`;
    const told = { groupKey, about: { userid, level } };
    return isLast
      ? notifications.raise({ kind: 'finding_unattended', params: { detector, severity }, ...told })
      : notifications.raise({ kind: 'finding_escalated', params: { userid, detector, severity }, ...told });
  }

  /** What is told and the row that proves it are one transaction. */
  async function escalate(finding: Unattended): Promise<void> {
    const level = finding.level + 1;
    await db.transact(async () => {
      const isLast = level > (await notifications.levelsAbove(finding.userid ?? ''));
      const accounts = await tell(finding, level, isLast);
      const { identifiers } = await db.em.getRepository(FindingEscalation).insert({
        ...{ finding_id: finding.id, level, at: db.now(), told: JSON.stringify(accounts), is_last: isLast },
      });
      await evidence.append(findingEscalationStream.name, [Number(identifiers[0]?.id)]);
      await audit.record({
        ...{ actor: 'schedule', action: 'finding.escalated', target: `finding:${finding.id}`, result: 'ok' },
        detail: { detector: finding.detector, level, told: accounts.length },
      });
    });
  }

  async function visibleTo(viewer: Viewer): Promise<Condition[]> {
    const within = (await scopes.of(viewer)).userid('f.userid');
    const barred = await scopes.barred(viewer);
    const others = `(f.userid IS NULL OR f.userid NOT IN (${placeholders(barred.length)}))`;
    return [...(within ? [within] : []), ...(barred.length === 0 ? [] : [[others, ...barred] as const])];
  }

  return {
    /** For the schedule: one level of whatever is due. */
    async pass(): Promise<void> {
      const counted = await calendar.current();
      for (const finding of await unattended(db)) {
        if (dueAt(finding, minutes(waitMinutes), counted) <= db.now()) await escalate(finding);
      }
    },

    /** Newest first; those of findings the viewer may see. @throws paging.bad_cursor */
    async list({ limit, cursor, finding_id }: EscalationQuery, viewer: Viewer): Promise<Page<EscalationView>> {
      const { where, params } = allOf([
        ...(finding_id === undefined ? [] : [['e.finding_id = ?', finding_id] as const]),
        ...(cursor === undefined ? [] : [['e.id < ?', counterIn(cursor)] as const]),
        ...(await visibleTo(viewer)),
      ]);
      const rows = await db.query<FindingEscalation>(
        `SELECT e.* FROM finding_escalation e JOIN finding f ON f.id = e.finding_id
         WHERE ${where} ORDER BY e.id DESC LIMIT ?`,
        [...params, limit + 1],
      );
      const names = await audit.names(rows.flatMap(actorsIn));
      return toPage(
        rows,
        limit,
        ({ id }) => [Number(id)],
        (row) => ({
          ...{ id: String(row.id), finding_id: String(row.finding_id), level: Number(row.level) },
          ...{ at: iso(toDate(row.at)), is_last: Boolean(row.is_last) },
          told: actorsIn(row).map((actor) => ({ actor, name: names.get(actor) ?? null })),
        }),
      );
    },
  };
}

const actorsIn = ({ told }: FindingEscalation): string[] =>
  (JSON.parse(told) as string[]).map((account) => `account:${account}`);
