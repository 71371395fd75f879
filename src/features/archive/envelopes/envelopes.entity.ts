import { Column, Entity, Index } from 'typeorm';
import { Counter, Id, Instant, LongText, PrimaryId } from '../../../db/columns';

/** How far something has come. One row moves in the transaction of what it counts (AR1). */
@Entity('archive_cursor')
export class ArchiveCursor {
  /** `pull`: what was fetched. */
  @PrimaryId(16) name!: string;
  /** uint64, padded with zeros: compared as text it is compared as a number. */
  @Id(20) seq!: string;
  /** The id of the newest envelope. */
  @Column({ type: 'bigint' }) last_id!: number | string;
  /** Of the last page that WeCom answered, empty or not. */
  @Instant({ nullable: true }) answered_at!: Date | null;
}

/** A record as WeCom sent it, sealed by WeCom for the company's key. Never changed. */
@Entity('archive_envelope')
@Index('UQ_archive_envelope_seq', ['seq'], { unique: true })
export class ArchiveEnvelope {
  @Counter() id!: number | string;
  @Id(20) seq!: string;
  @Id(191) msgid!: string;
  @Column({ type: 'bigint' }) publickey_ver!: number | string;
  @LongText() random_key!: string;
  @LongText() message!: string;
  @Column({ type: 'bigint' }) page_id!: number | string;
  /** Hash of all that WeCom sent. */
  @Id(64) leaf!: string;
}

/** A page of envelopes: what the chain links. Never changed. */
@Entity('archive_page')
@Index('IDX_archive_page_received_at', ['received_at'])
export class ArchivePage {
  @Counter() id!: number | string;
  @Id(20) from_seq!: string;
  @Id(20) to_seq!: string;
  @Column({ type: 'int' }) count!: number;
  /** Over the leaves of its envelopes, by `seq`. */
  @Id(64) root!: string;
  @Instant() received_at!: Date;
}

/** One question to WeCom and what became of it: the evidence of completeness (A6). Never changed. */
@Entity('archive_pull')
@Index('IDX_archive_pull_asked_at', ['asked_at'])
export class ArchivePull {
  @Counter() id!: number | string;
  @Instant() asked_at!: Date;
  @Id(20) from_seq!: string;
  @Column({ type: 'int' }) asked!: number;
  @Column({ type: 'int' }) returned!: number;
  @Id(20, { nullable: true }) to_seq!: string | null;
  /** 0, the library's code, or WeCom's; null: the library gave none. */
  @Column({ type: 'int', nullable: true }) code!: number | null;
  @Column({ type: 'int' }) ms!: number;
  @Id(255, { nullable: true }) fault!: string | null;
}

/** What WeCom no longer held when it was asked for, as far as that can be known. Never changed. */
@Entity('archive_gap')
export class ArchiveGap {
  @Counter() id!: number | string;
  /** Neither end is included: both are records we have, or the beginning. */
  @Id(20) after_seq!: string;
  @Id(20) before_seq!: string;
  /** `expired`: WeCom said so. `outage`: we asked for nothing for longer than WeCom keeps. `conflict`: see `detail`. */
  @Id(16) cause!: string;
  @Instant() found_at!: Date;
  @Id(255, { nullable: true }) detail!: string | null;
}

/** A record that contradicts one we have: the same `seq` with another content. Both are kept (A17). */
@Entity('archive_conflict')
@Index('UQ_archive_conflict', ['seq', 'leaf'], { unique: true })
export class ArchiveConflict {
  @Counter() id!: number | string;
  @Id(20) seq!: string;
  @Id(64) leaf!: string;
  @Id(191) msgid!: string;
  @Column({ type: 'bigint' }) publickey_ver!: number | string;
  @LongText() random_key!: string;
  @LongText() message!: string;
  @Instant() found_at!: Date;
}
