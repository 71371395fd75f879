import { Entity, Index } from 'typeorm';
import { Counter, Id, Instant, LongText } from '../../../db/columns';

/** What is said of a day of the archive once it is over, linked into the chain (A6). Never changed. */
@Entity('archive_statement')
@Index('UQ_archive_statement_day', ['day'], { unique: true })
export class ArchiveStatement {
  @Counter() id!: number | string;
  /** `2026-11-22`, Shanghai. */
  @Id(10) day!: string;
  /** JSON of `dayFigures`. */
  @LongText() body!: string;
  @Instant() closed_at!: Date;
}
