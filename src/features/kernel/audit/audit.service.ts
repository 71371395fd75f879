import type { Clock } from '../../../core/clock';
import { maskPersonal } from '../../../core/mask';
import { counterIn, type Page, toPage } from '../../../core/paging';
import { type Condition, given } from '../../../db/conditions';
import type { Database } from '../../../db/database';
import type { DomainEvents } from '../events';
import type { Evidence } from '../evidence';
import type { AuditEvent, AuditResult } from './audit.entity';
import { auditError } from './audit.errors';
import { auditRepository } from './audit.repository';
import type { AuditEventView, AuditQuery } from './audit.schema';
import { auditStream } from './audit.stream';
import { concernsNone } from './concerns';
import { namesOf } from './names.report';

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

interface Deps {
  db: Database;
  clock: Clock;
  evidence: Pick<Evidence, 'append' | 'sealed'>;
  /** Hears of every act, in the transaction that records it. */
  events?: Pick<DomainEvents, 'publish'> | undefined;
}

type Writing = Pick<Deps, 'db' | 'clock' | 'events'> & { evidence: Pick<Evidence, 'append'> };

/** The writing end of the trail. */
export const createAuditRecorder = ({ db, clock, evidence, events }: Writing) => ({
  /**
   * Writes the row in the open transaction, or in one of its own, and announces it to the chain. Call it inside the
   * transaction of the act it proves: then neither stands without the other (S16).
   */
  record: ({ actor, action, target, result, ...more }: AuditEntry): Promise<void> =>
    db.transact(async () => {
      const id = await auditRepository(db).add({
        at: clock.now(),
        actor,
        action,
        target,
        result,
        // What a person types may hold a phone number, and nothing is ever removed from the trail.
        reason: more.reason === undefined ? null : maskPersonal(more.reason),
        address: more.address ?? null,
        detail: more.detail ? JSON.stringify(more.detail) : null,
      });
      await evidence.append(auditStream.name, [id]);
      const { address = null, detail = {} } = more;
      const data = { actor, action, target, result, address, detail };
      await events?.publish([{ type: 'audit.recorded', occurred_at: clock.now(), data }]);
    }),
});

export type AuditService = ReturnType<typeof createAuditService>;

export function createAuditService({ db, clock, evidence, events }: Deps) {
  /** What is known of the rows beside what stands in them. */
  async function about(rows: AuditEvent[]): Promise<About> {
    const ids = rows.map(({ id }) => Number(id));
    const spelled = rows.flatMap(({ actor, target }) => [actor, target]);
    const [sealed, names] = await Promise.all([evidence.sealed(auditStream.name, ids), namesOf(db, spelled)]);
    return { sealed, names };
  }

  return {
    ...createAuditRecorder({ db, clock, evidence, events }),

    /** Today's names of those who acted, and of what they acted on, by how the trail spells them. */
    names: (spelled: readonly (string | null)[]): Promise<ReadonlyMap<string, string>> =>
      namesOf(
        db,
        spelled.filter((one) => one !== null),
      ),

    /**
     * One page, newest first. Of cases about one of `barred` nothing is told: whoever reads the trail would learn there
     * what the risk desk keeps from them. Only shown lists leave anything out: verification and exports take the whole
     * chain. @throws paging.bad_cursor
     */
    async list(query: AuditQuery, barred: readonly string[] = []): Promise<Page<AuditEventView>> {
      const { limit } = query;
      const rows = await auditRepository(db).newest([...conditionsOf(query), ...others(barred)], limit + 1);
      const known = await about(rows);
      return toPage(
        rows,
        limit,
        (row) => [Number(row.id)],
        (row) => toView(row, known),
      );
    },

    /** @throws audit.not_found also for one about a case of one of `barred` */
    async get(id: number, barred: readonly string[]): Promise<AuditEventView> {
      const [row] = await auditRepository(db).newest([['id = ?', id], ...others(barred)], 1);
      if (!row) throw auditError('not_found', { id });
      return toView(row, await about([row]));
    },

    /** The newest of one action on one target. */
    async last(action: string, target: string): Promise<AuditEventView | undefined> {
      const conditions: Condition[] = [
        ['action = ?', action],
        ['target = ?', target],
      ];
      const [row] = await auditRepository(db).newest(conditions, 1);
      return row && toView(row, await about([row]));
    },
  };
}

const others = (barred: readonly string[]): Condition[] => (barred.length === 0 ? [] : [concernsNone(barred)]);

/** Both ends of a time count. */
function conditionsOf({ cursor, actor, action, target, result, from, to }: AuditQuery): Condition[] {
  return given([
    ['actor = ?', actor],
    ['action = ?', action],
    ['target = ?', target],
    ['result = ?', result],
    ['at >= ?', from],
    ['at <= ?', to],
    ['id < ?', cursor === undefined ? undefined : counterIn(cursor)],
  ]);
}

interface About {
  sealed: Set<number>;
  names: Map<string, string>;
}

const toView = (event: AuditEvent, { sealed, names }: About): AuditEventView => ({
  id: String(event.id),
  at: event.at.toISOString(),
  actor: event.actor,
  actor_name: names.get(event.actor) ?? null,
  action: event.action,
  target: event.target,
  target_name: names.get(event.target) ?? null,
  result: event.result,
  reason: event.reason,
  address: event.address,
  detail: parsed(event.detail),
  sealed: sealed.has(Number(event.id)),
});

/** What somebody edited by hand is shown as it stands: the trail must stay readable then most of all. */
function parsed(detail: string | null): unknown {
  if (detail === null) return null;
  try {
    return JSON.parse(detail);
  } catch {
    return detail;
  }
}
