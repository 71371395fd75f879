import { Column, Entity, Index } from 'typeorm';
import { Id, Instant, PrimaryId } from '../../../db/columns';

/** Leave to take the audit trail away as a file: for one person, for a day. */
@Entity('audit_export')
@Index('IDX_audit_export_requester', ['requested_by', 'id'])
export class AuditExport {
  @PrimaryId(36) id!: string;
  /** As the audit trail names them. */
  @Id(80) requested_by!: string;
  @Column({ type: 'varchar', length: 500 }) reason!: string;
  /** How many events there were. */
  @Column({ type: 'bigint' }) events!: number | string;
  @Instant() created_at!: Date;
  @Instant() expires_at!: Date;
}
