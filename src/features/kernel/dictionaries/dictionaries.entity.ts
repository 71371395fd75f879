import { Column, Entity, PrimaryColumn } from 'typeorm';
import { Id, Instant, LongText, PrimaryId } from '../../../db/columns';

/** A pick list. Its version counts every change of it and of its items. */
@Entity('dictionary')
export class Dictionary {
  @PrimaryId(40) code!: string;
  @Id(60) label_zh!: string;
  @Id(60) label_en!: string;
  @Column({ type: 'int' }) version!: number;
  @Instant() updated_at!: Date;
}

/** One entry. Records hold its code, so it is never changed, and the row stays when the entry is removed. */
@Entity('dictionary_item')
export class DictionaryItem {
  @PrimaryId(40) dictionary!: string;
  @PrimaryColumn({ type: 'varchar', length: 40 }) code!: string;
  @Id(60) label_zh!: string;
  /** Empty: the Chinese one serves. */
  @Id(60) label_en!: string;
  @Column({ type: 'int' }) position!: number;
  @Column({ type: 'boolean' }) active!: boolean;
  @Column({ type: 'boolean' }) is_default!: boolean;
  /** JSON object. */
  @LongText() extra!: string;
  @Instant({ nullable: true }) removed_at!: Date | null;
}
