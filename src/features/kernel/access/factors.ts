import { randomBytes } from 'node:crypto';
import { generateSecret, generateURI, verifySync } from 'otplib';
import { type Clock, toUnix } from '../../../core/clock';
import { sha256 } from '../../../core/ids';
import type { Vault } from '../../../core/vault';
import { insertRows } from '../../../db/bulk';
import type { Database } from '../../../db/database';
import { accessError } from './access.errors';

interface Deps {
  db: Database;
  clock: Clock;
  vault: Vault;
}

interface Row {
  secret: string | null;
  pending: string | null;
  last_step: number | string | null;
}

/** A code that was found right but not yet spent. */
export type RightCode = { step: number } | { recoveryHash: string };

export type Factors = ReturnType<typeof createFactors>;

const issuer = 'SCRM';
const recoveryCodes = 10;
const placeOf = (accountId: string) => ({ table: 'totp_factor', column: 'secret', id: accountId });
/** RFC 6238 lets clocks be one step apart. */
const toleranceSeconds = 30;

/** Whether the account has an authenticator app that was confirmed. */
export async function isEnrolled(db: Database, accountId: string): Promise<boolean> {
  const sql = 'SELECT account_id FROM totp_factor WHERE account_id = ? AND secret IS NOT NULL';
  return (await db.query(sql, [accountId])).length > 0;
}

/** Second factors: a time-based code of an authenticator app, or one of ten recovery codes (S6, S12). */
export function createFactors({ db, clock, vault }: Deps) {
  const find = async (accountId: string): Promise<Row | undefined> => {
    const sql = 'SELECT secret, pending, last_step FROM totp_factor WHERE account_id = ?';
    return (await db.query<Row>(sql, [accountId]))[0];
  };

  function stepOf(secret: string, code: string, lastStep: Row['last_step']): number | undefined {
    if (!/^\d{6}$/.test(code)) return undefined;
    const past = lastStep === null ? {} : { afterTimeStep: Number(lastStep) };
    const epoch = toUnix(clock.now());
    const result = verifySync({ secret, token: code, epoch, epochTolerance: toleranceSeconds, ...past });
    return result.valid && 'timeStep' in result ? result.timeStep : undefined;
  }

  async function renewRecovery(accountId: string): Promise<string[]> {
    const codes = Array.from({ length: recoveryCodes }, recoveryCode);
    await db.execute('DELETE FROM recovery_code WHERE account_id = ?', [accountId]);
    const into = { table: 'recovery_code', columns: ['code_hash', 'account_id', 'used_at'] };
    await insertRows(
      db,
      into,
      codes.map((code) => [recoveryHash(accountId, code), accountId, null]),
    );
    return codes;
  }

  return {
    isEnrolled: (accountId: string): Promise<boolean> => isEnrolled(db, accountId),

    async recoveryLeft(accountId: string): Promise<number> {
      const sql = 'SELECT COUNT(*) AS n FROM recovery_code WHERE account_id = ? AND used_at IS NULL';
      return Number((await db.query<{ n: number }>(sql, [accountId]))[0]?.n ?? 0);
    },

    /** A new secret, shown this once; the one in use stays until a code of the new one is given. */
    async begin(accountId: string, label: string): Promise<{ secret: string; uri: string }> {
      const secret = generateSecret();
      const sealed = vault.seal(secret, placeOf(accountId));
      const into = {
        table: 'totp_factor',
        columns: ['account_id', 'secret', 'pending', 'last_step', 'confirmed_at'],
        onConflict: { keys: ['account_id'], update: ['pending'] },
      };
      await insertRows(db, into, [[accountId, null, sealed, null, null]]);
      return { secret, uri: generateURI({ issuer, label, secret }) };
    },

    /** Takes the pending secret into use. Must run inside `transact`. @returns recovery codes, shown this once @throws access.bad_code */
    async confirm(accountId: string, code: string): Promise<string[]> {
      const pending = (await find(accountId))?.pending;
      const step = pending ? stepOf(vault.open(pending, placeOf(accountId)), code, null) : undefined;
      if (!pending || step === undefined) throw accessError('bad_code');
      const sql = `UPDATE totp_factor SET secret = pending, pending = NULL, last_step = ?, confirmed_at = ?
        WHERE account_id = ? AND pending = ?`;
      if ((await db.execute(sql, [step, clock.now(), accountId, pending])) === 0) throw accessError('bad_code');
      return renewRecovery(accountId);
    },

    renewRecovery,

    /** Looks at a code and changes nothing, also for an account that does not exist. */
    async look(accountId: string, code: string): Promise<RightCode | undefined> {
      const row = await find(accountId);
      const hash = recoveryHash(accountId, code);
      const sql = 'SELECT code_hash FROM recovery_code WHERE code_hash = ? AND account_id = ? AND used_at IS NULL';
      const recovery = await db.query(sql, [hash, accountId]);
      if (!row?.secret) return undefined;
      const step = stepOf(vault.open(row.secret, placeOf(accountId)), code, row.last_step);
      if (step !== undefined) return { step };
      return recovery.length > 0 ? { recoveryHash: hash } : undefined;
    },

    /** Of two who bring the same code one gets true. Must run inside `transact`. */
    async spend(accountId: string, right: RightCode): Promise<boolean> {
      if ('step' in right) {
        const sql = `UPDATE totp_factor SET last_step = ?
          WHERE account_id = ? AND (last_step IS NULL OR last_step < ?)`;
        return (await db.execute(sql, [right.step, accountId, right.step])) === 1;
      }
      const sql = 'UPDATE recovery_code SET used_at = ? WHERE code_hash = ? AND account_id = ? AND used_at IS NULL';
      return (await db.execute(sql, [clock.now(), right.recoveryHash, accountId])) === 1;
    },

    /** For a lost device. @returns whether there was one */
    async remove(accountId: string): Promise<boolean> {
      await db.execute('DELETE FROM recovery_code WHERE account_id = ?', [accountId]);
      return (await db.execute('DELETE FROM totp_factor WHERE account_id = ?', [accountId])) > 0;
    },
  };
}

/** 112 random bits in seven groups of four: from there on a plain hash is enough to keep them. */
const recoveryCode = (): string => (randomBytes(14).toString('hex').match(/.{4}/g) ?? []).join('-');

const recoveryHash = (accountId: string, code: string): string =>
  sha256(`${accountId} ${code.toLowerCase().replace(/[^\da-f]/g, '')}`);
