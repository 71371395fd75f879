import { Between, type EntityManager, LessThan, LessThanOrEqual, MoreThanOrEqual } from 'typeorm';
import { AuditEvent, type AuditResult } from './audit.entity';

export interface AuditFilter {
  actor?: string | undefined;
  action?: string | undefined;
  target?: string | undefined;
  result?: AuditResult | undefined;
  from?: Date | undefined;
  to?: Date | undefined;
}

export const auditRepository = (em: EntityManager) => {
  const rows = em.getRepository(AuditEvent);
  return {
    /** @returns its id */
    async add(event: Omit<AuditEvent, 'id'>): Promise<number> {
      const { identifiers } = await rows.insert(event);
      return Number(identifiers[0]?.id);
    },

    find: (id: number) => rows.findOneBy({ id }),

    /** Newest first, from below `before` when it is given. */
    newest({ from, to, ...equal }: AuditFilter, take: number, before?: string | number) {
      const given = Object.entries({
        ...equal,
        at: span(from, to),
        id: before === undefined ? before : LessThan(before),
      });
      return rows.find({
        where: Object.fromEntries(given.filter(([, value]) => value !== undefined)),
        order: { id: 'DESC' },
        take,
      });
    },
  };
};

/** Both ends count. */
function span(from: Date | undefined, to: Date | undefined) {
  if (from && to) return Between(from, to);
  if (from) return MoreThanOrEqual(from);
  return to && LessThanOrEqual(to);
}
