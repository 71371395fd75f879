import { Column, Entity, Index } from 'typeorm';
import { Id, Instant, LongText, PrimaryId } from '../../../db/columns';

/** Where a browser may be sent to say who it is. */
export type Way = 'wecom' | 'oidc';

/** A browser on its way to WeCom or a provider, and back. */
@Entity('sign_in_state')
@Index('IDX_sign_in_state_expires', ['expires_at'])
export class SignInState {
  @PrimaryId() state_hash!: string;
  /** Of the cookie of the browser that set out. */
  @Id() browser_hash!: string;
  @Column({ type: 'varchar', length: 512 }) return_to!: string;
  /** null: to WeCom. */
  @Id(16, { nullable: true }) way!: Way | null;
  /** Whose account is to be connected; null: somebody signs in. */
  @Id(36, { nullable: true }) account_id!: string | null;
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

/** Whom an OpenID Connect provider means by an identity: one an account, connected by its owner. */
@Entity('oidc_identity')
@Index('UQ_oidc_identity_hash', ['identity_hash'], { unique: true })
export class OidcIdentity {
  @PrimaryId(36) account_id!: string;
  @Column({ type: 'varchar', length: 255 }) issuer!: string;
  /** Keyed hash of issuer and `sub`: it is found, and says nobody's number. */
  @Id() identity_hash!: string;
  @Instant() connected_at!: Date;
}
