import { Column, Entity, Index } from 'typeorm';
import { Id, Instant, PrimaryId } from '../../../db/columns';

/** A branch of a tree. Each kind has a tree of its own, and in it one that takes what nobody has placed. */
@Entity('category')
@Index('IDX_category_kind', ['kind', 'position'])
export class Category {
  @PrimaryId(36) id!: string;
  @Id(24) kind!: string;
  /** null: it stands at the top. */
  @Id(36, { nullable: true }) parent_id!: string | null;
  @Id(60) name!: string;
  @Id(16, { nullable: true }) color!: string | null;
  /** Among those with the same parent. */
  @Column({ type: 'int' }) position!: number;
  @Column({ type: 'boolean' }) active!: boolean;
  @Column({ type: 'boolean' }) is_default!: boolean;
  @Column({ type: 'int' }) version!: number;
  @Instant() created_at!: Date;
  @Instant() updated_at!: Date;
}
