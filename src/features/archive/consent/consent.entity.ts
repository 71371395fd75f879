import { Column, Entity, Index } from 'typeorm';
import { Counter, Id, Instant, LongText, PrimaryId } from '../../../db/columns';

/** `unknown`: WeCom said something this version does not know. */
export const consentStatuses = ['agreed', 'disagreed', 'unknown'] as const;
export type ConsentStatus = (typeof consentStatuses)[number];
export const consentSources = ['poll', 'event', 'message'] as const;
export type ConsentSource = (typeof consentSources)[number];

/** What somebody outside said to being archived in one conversation, as often as it changed. Never changed. */
@Entity('archive_consent')
@Index('IDX_archive_consent_party', ['external_userid', 'userid', 'chat_id', 'id'])
export class ArchiveConsent {
  @Counter() id!: number | string;
  /** Of a single chat; empty for a group chat. */
  @Id() userid!: string;
  @Id() external_userid!: string;
  /** Of a group chat; empty for a single chat. */
  @Id() chat_id!: string;
  @Id(16) status!: ConsentStatus;
  @Instant({ nullable: true }) changed_at!: Date | null;
  @Id(16) source!: ConsentSource;
  @Instant() recorded_at!: Date;
}

/** The same as it stands. */
@Entity('archive_consent_now')
@Index('IDX_archive_consent_now_userid', ['userid', 'external_userid'])
@Index('IDX_archive_consent_now_status', ['status', 'external_userid'])
export class ArchiveConsentNow {
  @PrimaryId() external_userid!: string;
  @PrimaryId() userid!: string;
  @PrimaryId() chat_id!: string;
  @Id(16) status!: ConsentStatus;
  @Instant({ nullable: true }) changed_at!: Date | null;
  @Id(16) source!: ConsentSource;
  @Instant() checked_at!: Date;
}

/** Who got or lost a seat of the archive, when we learnt of it. The newest of a userid counts. Never changed. */
@Entity('archive_seat')
@Index('IDX_archive_seat_userid', ['userid', 'id'])
export class ArchiveSeat {
  @Counter() id!: number | string;
  @Id() userid!: string;
  @Column({ type: 'boolean' }) held!: boolean;
  @Instant() recorded_at!: Date;
}

/** What staff are told of the archive. */
@Entity('archive_notice')
export class ArchiveNotice {
  @PrimaryId(36) id!: string;
  @Column({ type: 'varchar', length: 200 }) title!: string;
  @LongText() content!: string;
  @Id(80) published_by!: string;
  @Instant() published_at!: Date;
}

/** Somebody has read a notice and says so. Never changed. */
@Entity('archive_notice_confirmation')
@Index('UQ_archive_notice_confirmation', ['notice_id', 'staff_id'], { unique: true })
export class ArchiveNoticeConfirmation {
  @Counter() id!: number | string;
  @Id(36) notice_id!: string;
  @Id(36) staff_id!: string;
  @Id(80) account!: string;
  @Instant() confirmed_at!: Date;
}
