import { Column, Entity, Index } from 'typeorm';
import { Id, Instant, PrimaryId } from '../../../db/columns';

export const signInMethods = ['link', 'wecom', 'password', 'oidc'] as const;
export type SignInMethod = (typeof signInMethods)[number];

/** A user: somebody who signs in. */
@Entity('account')
export class Account {
  @PrimaryId(36) id!: string;
  @Column({ type: 'varchar', length: 128 }) name!: string;
  /** Role keys, comma between. */
  @Column({ type: 'varchar', length: 255 }) roles!: string;
  /** Whose account it is; null: nobody's of the directory. */
  @Id(36, { nullable: true }) staff_id!: string | null;
  @Instant({ nullable: true }) disabled_at!: Date | null;
  /** From then on nobody signs in with it: external auditors come for a time. */
  @Instant({ nullable: true }) expires_at!: Date | null;
  @Instant() created_at!: Date;
}

/** A one-time link. Whoever holds its token is signed in once. */
@Entity('sign_in_link')
export class SignInLink {
  @PrimaryId() token_hash!: string;
  /** null: the link makes the owner account. */
  @Id(36, { nullable: true }) account_id!: string | null;
  @Instant() expires_at!: Date;
  @Instant({ nullable: true }) used_at!: Date | null;
  @Instant() created_at!: Date;
}

/** A signed-in browser. The id itself stands only in its cookie. */
@Entity('session')
@Index('IDX_session_account', ['account_id'])
export class Session {
  @PrimaryId() id_hash!: string;
  @Id(36) account_id!: string;
  /** Network address it was opened from. */
  @Column({ type: 'varchar', length: 64, nullable: true }) address!: string | null;
  @Instant() created_at!: Date;
  /** At most a minute behind. */
  @Instant() last_seen_at!: Date;
  /** The absolute limit; the idle limit counts from `last_seen_at`. */
  @Instant() expires_at!: Date;
  /** How it was opened. */
  @Column({ type: 'varchar', length: 16, nullable: true }) method!: SignInMethod | null;
  /** The account's roles at that time: once they differ, the session is over (S6). */
  @Column({ type: 'varchar', length: 255, nullable: true }) roles!: string | null;
  /** When a second factor was last shown. */
  @Instant({ nullable: true }) factor_at!: Date | null;
}

/** A bearer token for the API. */
@Entity('api_token')
@Index('UQ_api_token_hash', ['token_hash'], { unique: true })
export class ApiToken {
  @PrimaryId(36) id!: string;
  @Column({ type: 'varchar', length: 128 }) name!: string;
  /** Role keys, comma between. */
  @Column({ type: 'varchar', length: 255 }) roles!: string;
  /** Whom it stands for: it sees what that staff member sees. */
  @Id(36, { nullable: true }) staff_id!: string | null;
  @Id() token_hash!: string;
  @Instant() created_at!: Date;
  /** At most a minute behind. */
  @Instant({ nullable: true }) last_used_at!: Date | null;
  @Instant({ nullable: true }) expires_at!: Date | null;
  @Instant({ nullable: true }) revoked_at!: Date | null;
}
