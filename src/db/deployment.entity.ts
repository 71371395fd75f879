import { Column, Entity, PrimaryColumn } from 'typeorm';
import { Id, Instant, LongText, PrimaryId } from './columns';

/** The one company this database belongs to: stamped at first start, or by the wizard when it was connected later. */
@Entity('deployment')
export class Deployment {
  /** Empty until a company was connected. */
  @PrimaryId() corp_id!: string;
  @Column({ type: 'varchar', length: 16 }) mode!: 'sandbox' | 'live';
  @Instant() created_at!: Date;
  /** Since when nothing personal stands in plain text; null: an older version wrote here, and it is being sealed. */
  @Instant({ nullable: true }) sealed_at!: Date | null;
  /** What secrets and evidence are bound to where the database is older than its company; otherwise the corp id. */
  @Id(64, { nullable: true }) bound_as!: string | null;
}

/** A data key, wrapped by the master key (S13). Version 0 is the key of the blind index, which seals nothing. */
@Entity('data_key')
export class DataKey {
  @PrimaryColumn({ type: 'int' }) version!: number;
  @Column({ type: 'varchar', length: 255 }) wrapped!: string;
  @Instant() created_at!: Date;
  /** Nothing is sealed with it before; null: since it was made. */
  @Instant({ nullable: true }) active_from!: Date | null;
  /** Since then no row was sealed with it. */
  @Instant({ nullable: true }) retired_at!: Date | null;
}

/** The key of one person's traces in evidence, which cannot be changed: without the key they are gone. */
@Entity('personal_key')
export class PersonalKey {
  /** Keyed hash of who it is: it stays when everything else is erased. */
  @PrimaryId(43) subject!: string;
  /** Null once the person was erased. */
  @LongText({ nullable: true }) sealed!: string | null;
  @Instant() created_at!: Date;
  @Instant({ nullable: true }) erased_at!: Date | null;
}
