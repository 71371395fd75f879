import type { Clock } from '../../../core/clock';
import type { Database } from '../../../db/database';
import type { GrantablePermission, Viewer } from '../../../http/permissions';
import { builtInRoles, type Role } from '../../../http/roles';
import type { Account } from './access.entity';
import { accountRepository } from './access.repository';
import { unpackRoles } from './viewer';

/** Who has one of these watches, or is watched by, somebody else: the second holder is not named by one alone (A9). */
const weighty: readonly GrantablePermission[] = [
  'settings:write',
  'access:write',
  'reporting:write',
  'audit:export',
  'exports:approve',
];

/** What somebody gets who had something else, or nothing, before. */
export interface Grant {
  roles: readonly Role[];
  /** Whose account it is or will be, as far as that is known. */
  account?: Account | undefined;
  staffId?: string | null | undefined;
}

const weightOf = (roles: readonly Role[]): GrantablePermission[] =>
  weighty.filter((permission) => roles.some((role) => builtInRoles[role].grants.includes(permission)));

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
  const before = account ? weightOf(unpackRoles(account.roles)) : [];
  const given = weightOf(roles).filter((permission) => !before.includes(permission));
  if (given.length === 0) return false;
  const involved = new Set([viewer.id, account?.id]);
  const staff = new Set([viewer.staffId, account?.staff_id, staffId].filter(Boolean));
  const others = (await accountRepository(db.em).list()).filter(
    (one) => isActive(one, clock.now()) && !involved.has(one.id) && !staff.has(one.staff_id),
  );
  return others.some((one) => weightOf(unpackRoles(one.roles)).some((permission) => given.includes(permission)));
}
