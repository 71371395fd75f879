import { type EntityManager, LessThan } from 'typeorm';
import { AuditEvent } from './audit.entity';

export type AuditFilter = Partial<Record<'actor' | 'action' | 'target', string>>;

export const auditRepository = (em: EntityManager) => {
  const rows = em.getRepository(AuditEvent);
  return {
    add: (event: Omit<AuditEvent, 'id'>) => rows.insert(event),

    /** Newest first, from below `before` when it is given. */
    newest: (filter: AuditFilter, take: number, before?: string | number) =>
      rows.find({
        where: before === undefined ? filter : { ...filter, id: LessThan(before) },
        order: { id: 'DESC' },
        take,
      }),
  };
};
