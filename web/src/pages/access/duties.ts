// Stands on its own, so that it needs nothing of the console around it.

/** In the order of the server. */
export const roleKeys = [
  'system_admin',
  'security_admin',
  'compliance_officer',
  'auditor',
  'sales',
  'sales_manager',
  'service',
  'marketing',
  'finance',
] as const;
type RoleKey = (typeof roleKeys)[number];

/** Of these one person holds one. The server refuses more; the form says so before. */
const duties: readonly RoleKey[] = ['system_admin', 'security_admin', 'compliance_officer', 'auditor'];

export const isDuty = (role: RoleKey): boolean => duties.includes(role);

/** The duty already chosen that keeps a role from being chosen too. */
export const barredBy = (role: RoleKey, chosen: readonly RoleKey[]): RoleKey | undefined =>
  isDuty(role) && !chosen.includes(role) ? chosen.find(isDuty) : undefined;

export const isOverloaded = (chosen: readonly RoleKey[]): boolean => chosen.filter(isDuty).length > 1;

/** An auditor comes for a time. */
export const needsEnd = (chosen: readonly RoleKey[]): boolean => chosen.includes('auditor');
