import { Column, Entity, Index } from 'typeorm';
import { Id, Instant, PrimaryId } from '../../../db/columns';

@Entity('corp_tag_group')
export class CorpTagGroup {
  @PrimaryId() group_id!: string;
  @Column({ type: 'varchar', length: 255 }) name!: string;
  @Column({ type: 'bigint' }) sort!: number;
  @Instant() created_at!: Date;
  @Instant({ nullable: true }) deleted_at!: Date | null;
  /** When we last wrote it; null for rows older than this column. */
  @Instant({ nullable: true }) updated_at!: Date | null;
}

@Entity('corp_tag')
@Index('IDX_corp_tag_group', ['group_id'])
export class CorpTag {
  @PrimaryId() tag_id!: string;
  @Id() group_id!: string;
  @Column({ type: 'varchar', length: 255 }) name!: string;
  @Column({ type: 'bigint' }) sort!: number;
  @Instant() created_at!: Date;
  @Instant({ nullable: true }) deleted_at!: Date | null;
  /** When we last wrote it; null for rows older than this column. */
  @Instant({ nullable: true }) updated_at!: Date | null;
}
