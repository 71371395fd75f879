import { toDateOrNull } from '../../../db/database';

interface Row {
  disabled_at: unknown;
  expires_at: unknown;
  staff_id: string | null;
  status: string | null;
  departed_at: unknown;
}

/** Whether somebody still uses an account: neither it nor its staff member is disabled or gone. */
export function isServing(row: Row, now: Date): boolean {
  const expires = toDateOrNull(row.expires_at);
  if (row.disabled_at !== null || (expires !== null && expires <= now)) return false;
  return row.staff_id === null || (row.departed_at === null && row.status !== 'left' && row.status !== 'disabled');
}
