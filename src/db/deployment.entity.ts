import { Column, Entity, PrimaryColumn } from 'typeorm';
import { Id, Instant, PrimaryId } from './columns';

/** The one company this database belongs to: stamped at first start, or by the wizard when it was connected later. */
@Entity('deployment')
export class Deployment {
  /** Empty until a company was connected. */
  @PrimaryId() corp_id!: string;
  @Column({ type: 'varchar', length: 16 }) mode!: 'sandbox' | 'live';
  @Instant() created_at!: Date;
  /** What secrets and evidence are bound to where the database is older than its company; otherwise the corp id. */
  @Id(64, { nullable: true }) bound_as!: string | null;
}

/** A data key, wrapped by the master key (S13). */
@Entity('data_key')
export class DataKey {
  @PrimaryColumn({ type: 'int' }) version!: number;
  @Column({ type: 'varchar', length: 255 }) wrapped!: string;
  @Instant() created_at!: Date;
}
