import { Column, Entity, Index } from 'typeorm';
import { Id, Instant, LongText, PrimaryId } from '../../../db/columns';

/** A browser on its way to WeCom and back. */
@Entity('sign_in_state')
@Index('IDX_sign_in_state_expires', ['expires_at'])
export class SignInState {
  @PrimaryId() state_hash!: string;
  /** Of the cookie of the browser that set out. */
  @Id() browser_hash!: string;
  @Column({ type: 'varchar', length: 512 }) return_to!: string;
  @Instant() expires_at!: Date;
  @Instant({ nullable: true }) used_at!: Date | null;
}

/** How often something was tried in vain since its window began. */
@Entity('sign_in_attempts')
@Index('IDX_sign_in_attempts_ends', ['ends_at'])
export class SignInAttempts {
  @PrimaryId(80) bucket!: string;
  @Column({ type: 'integer' }) failures!: number;
  @Instant() last_at!: Date;
  @Instant() ends_at!: Date;
}

/** The password of an account, for days when WeCom cannot be reached. */
@Entity('local_password')
@Index('UQ_local_password_name', ['name_key'], { unique: true })
export class LocalPassword {
  @PrimaryId(36) account_id!: string;
  @Column({ type: 'varchar', length: 128 }) name!: string;
  /** Hash of the folded name: of two names that look alike one is taken. */
  @Id(64) name_key!: string;
  /** argon2id, with its parameters. */
  @Column({ type: 'varchar', length: 255 }) hash!: string;
  @Instant() set_at!: Date;
}

/** The authenticator app of an account. Secrets are sealed. */
@Entity('totp_factor')
export class TotpFactor {
  @PrimaryId(36) account_id!: string;
  @LongText({ nullable: true }) secret!: string | null;
  /** Shown to the owner, not yet confirmed by a code. */
  @LongText({ nullable: true }) pending!: string | null;
  /** The time step of the last code taken: no code of it or an earlier one counts again. */
  @Column({ type: 'bigint', nullable: true }) last_step!: number | null;
  @Instant({ nullable: true }) confirmed_at!: Date | null;
}

/** Stands in for the authenticator app once. */
@Entity('recovery_code')
@Index('IDX_recovery_code_account', ['account_id'])
export class RecoveryCode {
  @PrimaryId() code_hash!: string;
  @Id(36) account_id!: string;
  @Instant({ nullable: true }) used_at!: Date | null;
}
