import { Column, Entity, Index } from 'typeorm';
import { Counter, Id, Instant, LongText, PrimaryId } from '../../../db/columns';

/** A setting that the environment leaves open and somebody set in the console. */
@Entity('setting')
export class Setting {
  @PrimaryId() name!: string;
  /** Sealed, whether secret or not. */
  @LongText() value!: string;
  @Instant() updated_at!: Date;
  /** As the audit trail names people. */
  @Id(80) updated_by!: string;
}

/** `found` is the value that stood there before versions were kept. */
export type ChangeKind = 'found' | 'set' | 'clear' | 'restore';

/**
 * One change of a setting. What proves it is the audit row of the same transaction; the sealed value stays, so that
 * one can go back.
 */
@Entity('setting_version')
@Index('UQ_setting_version', ['name', 'version'], { unique: true })
export class SettingVersion {
  @Counter() id!: number;
  @Id() name!: string;
  /** 1, 2, 3 … of this setting. */
  @Column({ type: 'int' }) version!: number;
  @Column({ type: 'varchar', length: 16 }) kind!: ChangeKind;
  /** Sealed; null: from here on it is not set. */
  @LongText({ nullable: true }) value!: string | null;
  /** Keyed, of the value: equal ones are equal. */
  @Column({ type: 'varchar', length: 64, nullable: true }) fingerprint!: string | null;
  /** The version that `restore` went back to. */
  @Column({ type: 'int', nullable: true }) restored_from!: number | null;
  @Instant() changed_at!: Date;
  /** As the audit trail names people. */
  @Id(80) changed_by!: string;
}

/** Something that was seen of the platform at a time: an address WeCom named, a receiver it verified. */
@Entity('platform_note')
export class PlatformNote {
  @PrimaryId(32) kind!: string;
  @PrimaryId() subject!: string;
  @Index('IDX_platform_note_noted')
  @Instant()
  noted_at!: Date;
}
