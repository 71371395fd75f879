import { api } from './client';
import { useSession } from './session';

/** Whoever holds one of these asks for a second person, or is one. */
export const approvalPermissions = [
  'access:write',
  'access:approve',
  'audit:export',
  'exports:approve',
  'privacy:erase',
  'archive:hold',
  'archive:export',
  'findings:except',
] as const;

const query = { params: { query: { view: 'waiting', limit: 100 } } } as const;

/** How many acts wait for the reader; 0 for whoever decides nothing. */
export function useWaitingApprovals(): number {
  const permissions = useSession().data?.permissions ?? [];
  const enabled = approvalPermissions.some((permission) => permissions.includes(permission));
  const { data } = api.useQuery('get', '/approvals', query, { enabled, refetchInterval: 60_000 });
  return data?.items.length ?? 0;
}
