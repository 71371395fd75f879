import { Column, Entity } from 'typeorm';
import { Id, Instant, LongText, PrimaryId } from '../db/columns';

/** An access token or JS-SDK ticket, sealed, and the lease of the process that fetches the next one. */
@Entity('wecom_token')
export class WecomToken {
  @PrimaryId(32) app!: string;
  @LongText() token!: string;
  @Instant() expires_at!: Date;
  @Instant() fetched_at!: Date;
  /** Grows with every fetch, so that only the token that failed is dropped. */
  @Column({ type: 'int' }) generation!: number;
  @Id(64, { nullable: true }) lease_owner!: string | null;
  @Instant({ nullable: true }) lease_until!: Date | null;
}

/** An API that WeCom told us to leave alone for a while. */
@Entity('wecom_block')
export class WecomBlock {
  @PrimaryId(128) api!: string;
  /** No call before this. */
  @Instant() blocked_until!: Date;
  /** Half as many calls at once before this. */
  @Instant() eased_until!: Date;
  @Column({ type: 'varchar', length: 64 }) reason!: string;
}

export const wecomEntities = [WecomToken, WecomBlock];
