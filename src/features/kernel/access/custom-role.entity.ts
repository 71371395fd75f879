import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { Id, Instant, LongText, PrimaryId } from '../../../db/columns';

/** A role that the company put together itself. */
@Entity('custom_role')
@Index('UQ_custom_role_name', ['name_key'], { unique: true })
export class CustomRole {
  /** `custom_…`: no built-in key begins so. */
  @PrimaryId(32) role_key!: string;
  @Column({ type: 'varchar', length: 64 }) name!: string;
  /** Hash of the folded name; of a removed role, of its key. */
  @Id() name_key!: string;
  @Column({ type: 'varchar', length: 255 }) about!: string;
  /** JSON: reach, grants, fields. */
  @LongText() definition!: string;
  @Column({ type: 'integer' }) version!: number;
  @Instant() created_at!: Date;
  @Instant() updated_at!: Date;
  @Instant({ nullable: true }) removed_at!: Date | null;
}

/** What a role was. Never changed or removed. */
@Entity('custom_role_version')
export class CustomRoleVersion {
  @PrimaryId(32) role_key!: string;
  @PrimaryColumn({ type: 'integer' }) version!: number;
  @Column({ type: 'varchar', length: 64 }) name!: string;
  @Column({ type: 'varchar', length: 255 }) about!: string;
  @LongText() definition!: string;
  @Instant() made_at!: Date;
  /** As the audit trail names them. */
  @Id(80) made_by!: string;
}
