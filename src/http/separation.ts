import type { GrantablePermission } from './permissions';

/** What S11 keeps apart: running the server, giving out powers, watching over it all, the business, and what was said. */
const parts = {
  server: ['settings:write'],
  people: ['access:write', 'reporting:write', 'connectors:manage'],
  oversight: ['audit:export', 'exports:approve'],
  business: [
    ...(['relations:read', 'collaborators:write', 'reconciliation:read', 'reply_quality:read'] as const),
    ...(['findings:read', 'findings:decide', 'spot_checks:run'] as const),
    ...(['handovers:read', 'handovers:manage'] as const),
    ...(['customers:read', 'customers:write', 'customers:all', 'contacts:read', 'contacts:write'] as const),
    ...(['leads:read', 'leads:write'] as const),
    ...(['pay:read', 'pay:configure'] as const),
  ],
  content: [
    ...(['archive:read', 'archive:review', 'archive:hold', 'archive:export', 'findings:except'] as const),
    // Whoever tries rules learns from their numbers who says what.
    'rules:manage',
  ],
} as const satisfies Record<string, readonly GrantablePermission[]>;
type Part = keyof typeof parts;

/** Compliance watches over the business and so sees it; all else is apart. */
const apart: readonly (readonly [Part, Part])[] = [
  ['server', 'people'],
  ['server', 'oversight'],
  ['server', 'business'],
  ['people', 'oversight'],
  ['people', 'business'],
  ['server', 'content'],
  ['people', 'content'],
];

/** Power over the powers of others: only the built-in roles have it. */
export const reserved: readonly GrantablePermission[] = ['access:write', 'access:approve', 'exports:approve'];

/**
 * Who has one of these watches, or is watched by, somebody else: the second holder is not named by one person alone (A9).
 */
export const weighty: readonly GrantablePermission[] = [
  ...parts.server,
  ...parts.people,
  ...parts.oversight,
  ...parts.content,
];

/** The first two permissions that nobody may have together (S11); undefined when there are none. */
export function conflictIn(
  grants: ReadonlySet<GrantablePermission>,
): readonly [GrantablePermission, GrantablePermission] | undefined {
  const held = (part: Part) => parts[part].find((permission) => grants.has(permission));
  for (const [one, other] of apart) {
    const [first, second] = [held(one), held(other)];
    if (first && second) return [first, second];
  }
  return undefined;
}
