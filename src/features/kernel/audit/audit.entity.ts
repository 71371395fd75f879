import { Column, Entity, Index } from 'typeorm';
import { Counter, Id, Instant, LongText } from '../../../db/columns';

/** `refused`: a rule said no. `failed`: it was allowed and did not work. */
export const auditResults = ['ok', 'refused', 'failed'] as const;
export type AuditResult = (typeof auditResults)[number];

/** One thing somebody did, or tried to do. Never changed or removed; the database itself refuses both (S16). */
@Entity('audit_event')
@Index('IDX_audit_event_actor', ['actor', 'id'])
@Index('IDX_audit_event_target', ['target', 'id'])
@Index('IDX_audit_event_at', ['at', 'id'])
@Index('IDX_audit_event_action', ['action', 'id'])
export class AuditEvent {
  /** A number on SQLite, text on MySQL. */
  @Counter() id!: number | string;
  @Instant() at!: Date;
  @Id(80) actor!: string;
  @Column({ type: 'varchar', length: 64 }) action!: string;
  @Column({ type: 'varchar', length: 191 }) target!: string;
  @Column({ type: 'varchar', length: 16 }) result!: AuditResult;
  @Column({ type: 'varchar', length: 255, nullable: true }) reason!: string | null;
  @Column({ type: 'varchar', length: 64, nullable: true }) address!: string | null;
  /** JSON. Names and numbers only, never a secret. */
  @LongText({ nullable: true }) detail!: string | null;
}
