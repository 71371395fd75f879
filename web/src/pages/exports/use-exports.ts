import { type ArchiveExport, api } from '../../api';

const newest = { params: { query: { limit: 50 } } } as const;

const isActive = ({ state }: Pick<ArchiveExport, 'state'>): boolean => state === 'queued' || state === 'running';

/** The reader's own of the last day, followed while one is being made. */
export const useExports = () =>
  api.useQuery('get', '/archive/exports', newest, {
    refetchInterval: ({ state }) => (state.data?.items.some(isActive) ? 1_000 : false),
  });
