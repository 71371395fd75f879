import { Column, Entity, Index } from 'typeorm';
import { Instant, LongText, PrimaryId } from '../db/columns';

/** The first answer to a write that may be sent twice. Written in the transaction of the write itself. */
@Entity('idempotency_key')
@Index('IDX_idempotency_key_created', ['created_at'])
export class IdempotencyKey {
  /** SHA-256 of who asks, what for, and the key. */
  @PrimaryId() key_hash!: string;
  /** SHA-256 of the body: another body under the same key is a mistake of the caller. */
  @Column({ type: 'varchar', length: 64 }) request_hash!: string;
  @Column({ type: 'int' }) status!: number;
  @LongText() body!: string;
  @Instant() created_at!: Date;
}
