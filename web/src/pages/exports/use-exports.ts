import { type ArchiveExport, api } from '../../api';
import { useActorName } from '../../components/audit-words';

const newest = { params: { query: { limit: 50 } } } as const;

const isActive = ({ state }: Pick<ArchiveExport, 'state'>): boolean => state === 'queued' || state === 'running';

/** The reader's own of the last day, followed while one is being made. */
export const useExports = () =>
  api.useQuery('get', '/archive/exports', newest, {
    refetchInterval: ({ state }) => (state.data?.items.some(isActive) ? 1_000 : false),
  });

const mine = { params: { query: { view: 'mine', limit: 100 } } } as const;

/** The reader's own requests for a second person, and what became of them. */
export const useMyRequests = () => api.useQuery('get', '/approvals', mine, { refetchInterval: 20_000 });

/** Who agreed, by name: an export itself knows the account only. */
export function useApprover(): (actor: string) => string {
  const { data } = useMyRequests();
  const nameOf = useActorName();
  return (actor) => {
    const decided = data?.items.find(({ decided_by }) => decided_by && `account:${decided_by.id}` === actor);
    return nameOf({ actor, actor_name: decided?.decided_by?.name ?? null });
  };
}
