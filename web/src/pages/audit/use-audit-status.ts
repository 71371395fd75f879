import { type AuditStatus, api } from '../../api';

const everyMs = 10_000;

/** How far the trail is sealed, signed, anchored and verified, kept current. */
export function useAuditStatus() {
  const query = api.useQuery('get', '/audit-status', {}, { refetchInterval: everyMs });
  const status: AuditStatus | undefined = query.data;
  return { ...query, data: status };
}
