import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { Counter, Id, Instant, PrimaryId } from '../../../db/columns';

/** A row that the chain does not cover yet. Written in the transaction of the row itself, removed by the sealer. */
@Entity('evidence_pending')
export class EvidencePending {
  @PrimaryId(32) stream!: string;
  @PrimaryColumn({ type: 'bigint' }) row_id!: number | string;
}

/** One link of the chain: it fixes one row of one stream, and by `link` everything before it. Never changed. */
@Entity('evidence_link')
@Index('UQ_evidence_link_row', ['stream', 'row_id'], { unique: true })
export class EvidenceLink {
  /** 1, 2, 3 … without a gap; given by the sealer. */
  @Counter() n!: number | string;
  @Id(32) stream!: string;
  @Column({ type: 'bigint' }) row_id!: number | string;
  /** Version of the canonical form that `leaf` was made of. */
  @Column({ type: 'int' }) form!: number;
  @Instant() sealed_at!: Date;
  @Id(64) leaf!: string;
  @Id(64) link!: string;
}

/** A signature over the chain up to one link. Never changed. */
@Entity('evidence_checkpoint')
export class EvidenceCheckpoint {
  /** 1, 2, 3 … without a gap. */
  @Counter() id!: number | string;
  @Column({ type: 'bigint' }) n!: number | string;
  @Id(64) link!: string;
  @Instant() made_at!: Date;
  @Id(64) key_id!: string;
  /** Hash of the signature before it. */
  @Id(64) prev!: string;
  @Id(128) sig!: string;
}

/** A pair of Ed25519 keys; the private one is sealed by the vault. Old ones stay, to check what they signed. */
@Entity('evidence_key')
export class EvidenceKey {
  @Counter() id!: number | string;
  /** Hash of the public key. */
  @Id(64) key_id!: string;
  @Column({ type: 'varchar', length: 255 }) public_key!: string;
  @Column({ type: 'varchar', length: 512 }) private_key!: string;
  @Instant() created_at!: Date;
}
