import { Column, Entity, Index } from 'typeorm';
import { Id, Instant, PrimaryId } from '../../../db/columns';

/**
 * `department` and `direct_leader` are derived from WeCom's directory, `manual` was added by hand. A `deputy` stands in
 * for the staff member and sees what that one sees.
 */
export const edgeSources = ['department', 'direct_leader', 'manual', 'deputy'] as const;
export type EdgeSource = (typeof edgeSources)[number];

/** One line of the reporting tree: `superior_id` sees what belongs to `staff_id`. */
@Entity('reporting_edge')
@Index('UQ_reporting_edge_pair', ['superior_id', 'staff_id', 'source'], { unique: true })
@Index('IDX_reporting_edge_staff', ['staff_id', 'id'])
export class ReportingEdge {
  @PrimaryId(36) id!: string;
  @Id(36) superior_id!: string;
  @Id(36) staff_id!: string;
  @Column({ type: 'varchar', length: 16 }) source!: EdgeSource;
  /** A derived edge that would close a circle: shown, not followed. */
  @Column({ type: 'boolean' }) closes_cycle!: boolean;
  @Instant({ nullable: true }) until!: Date | null;
  /** As the audit trail names them; null for derived edges. */
  @Id(80, { nullable: true }) created_by!: string | null;
  @Instant() created_at!: Date;
}

/** Whose records somebody sees: the tree with every path followed. Everybody reaches themselves. */
@Entity('reporting_reach')
@Index('IDX_reporting_reach_staff', ['staff_id'])
export class ReportingReach {
  @PrimaryId(36) superior_id!: string;
  @PrimaryId(36) staff_id!: string;
  /** null: for good. */
  @Instant({ nullable: true }) until!: Date | null;
}

export const collaboratorLevels = ['read', 'edit'] as const;
export type CollaboratorLevel = (typeof collaboratorLevels)[number];

/** Somebody who may see, or work on, one record that is not theirs. */
@Entity('collaborator')
@Index('UQ_collaborator_object', ['object_type', 'object_id', 'staff_id'], { unique: true })
@Index('IDX_collaborator_staff', ['staff_id', 'object_type'])
export class Collaborator {
  @PrimaryId(36) id!: string;
  @Id(32) object_type!: string;
  @Id(64) object_id!: string;
  @Id(36) staff_id!: string;
  @Column({ type: 'varchar', length: 8 }) level!: CollaboratorLevel;
  @Instant({ nullable: true }) until!: Date | null;
  @Id(80) created_by!: string;
  @Instant() created_at!: Date;
}
