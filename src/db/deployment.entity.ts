import { Column, Entity, PrimaryColumn } from 'typeorm';
import { Instant, PrimaryId } from './columns';

/** The one company this database belongs to, stamped at first start. */
@Entity('deployment')
export class Deployment {
  @PrimaryId() corp_id!: string;
  @Column({ type: 'varchar', length: 16 }) mode!: 'sandbox' | 'live';
  @Instant() created_at!: Date;
}

/** A data key, wrapped by the master key (S13). */
@Entity('data_key')
export class DataKey {
  @PrimaryColumn({ type: 'int' }) version!: number;
  @Column({ type: 'varchar', length: 255 }) wrapped!: string;
  @Instant() created_at!: Date;
}
