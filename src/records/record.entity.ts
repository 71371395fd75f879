import { Column, Entity, Index } from 'typeorm';
import { Counter, Id, Instant, LongText, PrimaryId } from '../db/columns';

/** What every table of records has. */
export abstract class RecordBase {
  @PrimaryId(36) id!: string;
  @Column({ type: 'int' }) version!: number;
  /** Our id of the staff member; null: nobody's, such as one in a pool. */
  @Id(36, { nullable: true }) owner_id!: string | null;
  @Instant() created_at!: Date;
  /** As the audit trail names them. */
  @Id(80) created_by!: string;
  /** Of the last change that changed something. */
  @Instant() updated_at!: Date;
  @Id(80) updated_by!: string;
  @Instant({ nullable: true }) deleted_at!: Date | null;
  @Id(80, { nullable: true }) deleted_by!: string | null;
  /** Fields of class P and S, and what the company added: JSON, sealed. */
  @LongText({ nullable: true }) sealed!: string | null;
}

/** Who changed what of a record: `{field: [before, after]}`, of sealed fields only that they changed. */
@Entity('record_change')
@Index('IDX_record_change_record', ['object', 'record_id', 'id'])
export class RecordChange {
  @Counter() id!: number;
  @Id(32) object!: string;
  @Id(36) record_id!: string;
  @Instant() at!: Date;
  @Id(80) actor!: string;
  /** created, changed, deleted, restored, or an act of the feature. */
  @Id(32) kind!: string;
  @LongText() changes!: string;
  @Column({ type: 'varchar', length: 500, nullable: true }) reason!: string | null;
}

/** A value that one living record has claimed for itself, as a keyed hash. */
@Entity('record_key')
@Index('IDX_record_key_record', ['record_id'])
export class RecordKey {
  @PrimaryId(32) object!: string;
  @PrimaryId(24) kind!: string;
  @PrimaryId(64) hash!: string;
  @Id(36) record_id!: string;
}

/** By what a record is found although it is sealed: keyed hashes of phone numbers, mail addresses, names as they are compared. */
@Entity('record_lookup')
@Index('IDX_record_lookup_hash', ['kind', 'hash', 'object'])
export class RecordLookup {
  @PrimaryId(36) record_id!: string;
  @PrimaryId(24) kind!: string;
  @PrimaryId(64) hash!: string;
  @Id(32) object!: string;
}

export const recordEntities = [RecordChange, RecordKey, RecordLookup];
