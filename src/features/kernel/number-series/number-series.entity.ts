import { Column, Entity, Index } from 'typeorm';
import { Counter, Id, Instant, LongText, PrimaryId } from '../../../db/columns';

/** How records of a kind are numbered, and how far it has come. */
@Entity('number_series')
export class NumberSeries {
  @PrimaryId(40) series_key!: string;
  /** JSON list. */
  @LongText() parts!: string;
  /** `day`, `month`, `year` or `never` */
  @Id(8) resets!: string;
  @Column({ type: 'bigint' }) last_number!: number | string;
  /** In Shanghai, of the last number; empty before the first. It never goes back, whatever clocks say. */
  @Id(10) day!: string;
  /** Of the first number by this pattern; null: none was given out. */
  @Id(10, { nullable: true }) first_day!: string | null;
  /** The greatest counter given out by this pattern. */
  @Column({ type: 'bigint' }) most!: number | string;
  @Column({ type: 'int' }) version!: number;
  @Instant() updated_at!: Date;
}

/** A pattern by which numbers were given out before: no new one may repeat them. */
@Entity('number_series_pattern')
@Index('IDX_number_series_pattern', ['series_key'])
export class NumberSeriesPattern {
  @Counter() id!: number | string;
  @Id(40) series_key!: string;
  @LongText() parts!: string;
  @Id(10) first_day!: string;
  @Id(10) last_day!: string;
  @Column({ type: 'bigint' }) most!: number | string;
  @Instant() ended_at!: Date;
}
