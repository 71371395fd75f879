import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { Counter, Id, Instant, LongText, PrimaryId } from '../../../db/columns';

/** One row for each distinct file that messages refer to: how far it has come, and how it ended (AR6). */
@Entity('archive_file')
@Index('IDX_archive_file_due', ['state', 'deadline_at'])
@Index('IDX_archive_file_blob', ['blob_id'])
@Index('IDX_archive_file_thumbnail', ['thumbnail_id'])
export class ArchiveFile {
  /** Keyed hash of what WeCom calls the file by. */
  @PrimaryId() id!: string;
  /** That name, sealed: whoever has it and the company's secret can fetch the file. */
  @LongText() sealed!: string;
  /** pending, stored, expired or failed. */
  @Id(16) state!: FileState;
  /** As the message tells them; they may be missing or wrong. */
  @Column({ type: 'bigint', nullable: true }) told_size!: number | string | null;
  @Id(32, { nullable: true }) told_md5!: string | null;
  /** Tries that failed. */
  @Column({ type: 'int' }) attempts!: number;
  /** Not tried before. */
  @Instant() next_at!: Date;
  /** WeCom keeps it until then. */
  @Instant() deadline_at!: Date;
  /** What WeCom wants to hear for the next slice; null: from the beginning. */
  @LongText({ nullable: true }) resume!: string | null;
  /** Slices and bytes that lie in the draft. */
  @Column({ type: 'int' }) slices!: number;
  @Column({ type: 'bigint' }) bytes!: number | string;
  /** What the slices are sealed with, itself sealed; null while there are none. */
  @LongText({ nullable: true }) draft_key!: string | null;
  /** Of what was stored. */
  @Column({ type: 'bigint', nullable: true }) size!: number | string | null;
  @Id(64, { nullable: true }) sha256!: string | null;
  /** Media type by its first bytes. */
  @Id(127, { nullable: true }) type!: string | null;
  /** Whether what was told agrees with what came; null: nothing was told. */
  @Column({ type: 'boolean', nullable: true }) md5_ok!: boolean | null;
  @Column({ type: 'boolean', nullable: true }) size_ok!: boolean | null;
  /** Null also after a purge. */
  @Id(36, { nullable: true }) blob_id!: string | null;
  @Id(36, { nullable: true }) thumbnail_id!: string | null;
  /** Texts of the QR codes in it: a JSON list, sealed; null where there is none. */
  @LongText({ nullable: true }) qr!: string | null;
  /** Of the last try. */
  @Id(64, { nullable: true }) fault!: string | null;
  @Instant({ nullable: true }) ended_at!: Date | null;
}

export type FileState = 'pending' | 'stored' | 'expired' | 'failed';

/** A place in a message where a file stands. The same file may stand in many. */
@Entity('archive_attachment')
@Index('IDX_archive_attachment_file', ['file_id'])
export class ArchiveAttachment {
  @PrimaryColumn({ type: 'bigint' }) message_id!: number | string;
  /** Empty for the message itself; `item[2]` for something inside it. */
  @PrimaryId(191) path!: string;
  @Id() file_id!: string;
}

/** Content that is stored once (A5), whatever number of files it is. */
@Entity('archive_blob')
@Index('UQ_archive_blob_content', ['content'], { unique: true })
export class ArchiveBlob {
  @PrimaryId(36) id!: string;
  /** Keyed hash of its SHA-256; its own id before it is of use, and once it was dropped. */
  @Id() content!: string;
  @Column({ type: 'bigint' }) size!: number | string;
  /** Its key, sealed. Null: not of use yet, or destroyed; bytes that are found under such a row are to go. */
  @LongText({ nullable: true }) sealed!: string | null;
  @Instant() created_at!: Date;
}

/** What was stored as a file. Never changed: what `archive_file` says must agree with it. */
@Entity('archive_stored_file')
@Index('IDX_archive_stored_file_batch', ['batch_id'])
@Index('IDX_archive_stored_file_file', ['file_id'])
export class ArchiveStoredFile {
  @Counter() id!: number | string;
  @Column({ type: 'bigint' }) batch_id!: number | string;
  @Id() file_id!: string;
  @Id() sha256!: string;
  @Column({ type: 'bigint' }) size!: number | string;
}

/** Files that were stored together: what the chain links. Never changed. */
@Entity('archive_file_batch')
export class ArchiveFileBatch {
  @Counter() id!: number | string;
  @Column({ type: 'int' }) count!: number;
  /** Over the leaves of its files, in the order they were stored. */
  @Id() root!: string;
  @Instant() stored_at!: Date;
}
