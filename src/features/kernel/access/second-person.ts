import type { Clock } from '../../../core/clock';
import type { Database } from '../../../db/database';
import type { GrantablePermission, Viewer } from '../../../http/permissions';
import type { RoleKey } from '../../../http/roles';
import { weighty } from '../../../http/separation';
import type { Account } from './access.entity';
import { accountRepository } from './access.repository';
import { grantsOf } from './role-book';
import { unpackRoles } from './viewer';

/** What somebody gets who had something else, or nothing, before. */
export interface Grant {
  roles: readonly RoleKey[];
  /** Whose account it is or will be, as far as that is known. */
  account?: Account | undefined;
  staffId?: string | null | undefined;
}

/** What of the roles' permissions watches somebody, or is watched. */
export async function weightOf(db: Database, roles: readonly RoleKey[]): Promise<GrantablePermission[]> {
  const granted = await grantsOf(db, roles);
  return weighty.filter((permission) => granted.has(permission));
}

/** Whether an account can be signed in with. */
export const isActive = ({ disabled_at, expires_at }: Account, now: Date): boolean =>
  disabled_at === null && (expires_at === null || expires_at > now);

/**
 * Whether the grant needs a second person: it gives a weighty permission, and there is somebody else who has it, so
 * somebody else who can be asked. Until then one person sets everything up.
 */
export async function needsSecondPerson(
  { db, clock }: { db: Database; clock: Clock },
  { roles, account, staffId }: Grant,
  viewer: Pick<Viewer, 'id' | 'staffId'>,
): Promise<boolean> {
  const before = account ? await weightOf(db, unpackRoles(account.roles)) : [];
  const given = (await weightOf(db, roles)).filter((permission) => !before.includes(permission));
  if (given.length === 0) return false;
  const involved = new Set([viewer.id, account?.id]);
  const staff = new Set([viewer.staffId, account?.staff_id, staffId].filter(Boolean));
  const others = (await accountRepository(db.em).list()).filter(
    (one) => isActive(one, clock.now()) && !involved.has(one.id) && !staff.has(one.staff_id),
  );
  for (const one of others) {
    const weight = await weightOf(db, unpackRoles(one.roles));
    if (weight.some((permission) => given.includes(permission))) return true;
  }
  return false;
}
