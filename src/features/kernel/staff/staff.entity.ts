import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { Id, Instant, LongText, PrimaryId } from '../../../db/columns';

/** A department of the company's tree, as WeCom last showed it. */
@Entity('department')
export class Department {
  @PrimaryColumn({ type: 'bigint' }) id!: number;
  @Column({ type: 'varchar', length: 255, nullable: true }) name!: string | null;
  @Column({ type: 'varchar', length: 255, nullable: true }) name_en!: string | null;
  @Column({ type: 'bigint', nullable: true }) parent_id!: number | null;
  @Column({ type: 'bigint' }) sort!: number;
  /** JSON list of userids. */
  @LongText() leaders!: string;
  @Instant({ nullable: true }) deleted_at!: Date | null;
  @Instant() updated_at!: Date;
}

/** A WeCom member. Leavers are kept for ever: their groups can only be asked for by their userid. */
@Entity('staff')
@Index('UQ_staff_userid_key', ['userid_key'], { unique: true })
@Index('IDX_staff_departed', ['departed_at', 'id'])
export class Staff {
  /** Ours, so that a changed userid is followed by changing one row. */
  @PrimaryId(36) id!: string;
  @Id() userid!: string;
  /** Lower case: userids are case-insensitive on the platform. */
  @Id() userid_key!: string;
  @Column({ type: 'varchar', length: 255, nullable: true }) name!: string | null;
  @Column({ type: 'varchar', length: 255, nullable: true }) alias!: string | null;
  @Column({ type: 'varchar', length: 255, nullable: true }) position!: string | null;
  @Column({ type: 'varchar', length: 1024, nullable: true }) avatar!: string | null;
  /** active, disabled, inactive, left; unknown while only the id is known */
  @Column({ type: 'varchar', length: 16 }) status!: StaffStatus;
  @Column({ type: 'bigint', nullable: true }) main_department_id!: number | null;
  /** JSON list of userids. */
  @LongText() direct_leaders!: string;
  /** Whether the member has the 客户联系 function; null while unknown. */
  @Column({ type: 'boolean', nullable: true }) follows_external!: boolean | null;
  /** Fields of WeCom we have no column for, as JSON. */
  @LongText({ nullable: true }) extra!: string | null;
  @Instant({ nullable: true }) departed_at!: Date | null;
  @Instant() created_at!: Date;
  @Instant() updated_at!: Date;
}

export type StaffStatus = 'active' | 'disabled' | 'inactive' | 'left' | 'unknown';

@Entity('staff_department')
@Index('IDX_staff_department_department', ['department_id'])
export class StaffDepartment {
  @PrimaryId(36) staff_id!: string;
  @PrimaryColumn({ type: 'bigint' }) department_id!: number;
  @Column({ type: 'boolean' }) is_leader!: boolean;
}

/** A userid somebody had before; events on their way may still name it. */
@Entity('staff_former_userid')
export class StaffFormerUserid {
  @PrimaryId() userid_key!: string;
  @Id(36) staff_id!: string;
  @Instant() changed_at!: Date;
}
