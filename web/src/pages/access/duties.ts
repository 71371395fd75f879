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

/** Of these one person holds one. The server refuses more; the form says so before. */
const duties: readonly string[] = ['system_admin', 'security_admin', 'compliance_officer', 'auditor'];
/** Whoever runs the server or gives out roles sees no customers and no money. */
const administrators: readonly string[] = ['system_admin', 'security_admin'];
const business: readonly string[] = ['sales', 'sales_manager', 'service', 'marketing', 'finance'];

export const isDuty = (role: string): boolean => duties.includes(role);

const areApart = (one: string, other: string): boolean =>
  one !== other &&
  ((isDuty(one) && isDuty(other)) ||
    (administrators.includes(one) && business.includes(other)) ||
    (business.includes(one) && administrators.includes(other)));

/** The role already chosen that keeps another from being chosen too. What custom roles bar the server says. */
export const barredBy = (role: string, chosen: readonly string[]): string | undefined =>
  chosen.includes(role) ? undefined : chosen.find((other) => areApart(role, other));

export const isOverloaded = (chosen: readonly string[]): boolean =>
  chosen.some((one) => chosen.some((other) => areApart(one, other)));

/** An auditor comes for a time. */
export const needsEnd = (chosen: readonly string[]): boolean => chosen.includes('auditor');
