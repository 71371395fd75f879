import { Column, Entity, Index } from 'typeorm';
import { Counter, Id, Instant, LongText, PrimaryId } from '../../../db/columns';

/** A list of words that messages are scanned for. It is switched off, never removed: hits name it. */
@Entity('archive_word_list')
export class WordList {
  @PrimaryId(36) id!: string;
  @Id(64) name!: string;
  @Id(32) category!: string;
  @Column({ type: 'boolean' }) enabled!: boolean;
  /** Of its newest words and settings. */
  @Column({ type: 'integer' }) version!: number;
  @Instant() created_at!: Date;
  @Instant() updated_at!: Date;
}

/** The words as they once were. Sealed: who reads the database need not learn what a company looks out for. */
@Entity('archive_word_list_version')
@Index('UQ_archive_word_list_version', ['list_id', 'version'], { unique: true })
export class WordListVersion {
  @Counter() id!: number | string;
  @Id(36) list_id!: string;
  @Column({ type: 'integer' }) version!: number;
  /** JSON list of words. */
  @LongText() sealed!: string;
  @Id(128) actor!: string;
  @Instant() created_at!: Date;
}

/** A word of a list was found in a message. Never changed. */
@Entity('archive_hit')
@Index('UQ_archive_hit', ['message_id', 'list_id', 'version', 'word', 'path'], { unique: true })
@Index('IDX_archive_hit_list', ['list_id', 'message_id'])
export class ArchiveHit {
  @Counter() id!: number | string;
  @Column({ type: 'bigint' }) message_id!: number | string;
  @Id(36) list_id!: string;
  @Column({ type: 'integer' }) version!: number;
  /** Its place in the words of that version, from 0. */
  @Column({ type: 'integer' }) word!: number;
  /** Empty, or the path of the nested item. */
  @Id(191) path!: string;
  @Instant() found_at!: Date;
}
