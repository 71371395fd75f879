import { Entity, PrimaryColumn } from 'typeorm';
import { Id, Instant, LongText } from '../../../db/columns';

/** A private key that WeCom seals messages for, by the version WeCom gives it. Kept as long as the envelopes are. */
@Entity('archive_key')
export class ArchiveKey {
  @PrimaryColumn({ type: 'bigint' }) version!: number | string;
  /** PEM, sealed. */
  @LongText() sealed!: string;
  /** SHA-256 of the public half, hexadecimal: says which key it is and nothing else. */
  @Id(64) fingerprint!: string;
  /** `file`, or who added it. */
  @Id(64) source!: string;
  @Instant() created_at!: Date;
}
