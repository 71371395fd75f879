import { api, queryClient } from '../../api';

const freshForMs = 60_000;
const { queryKey } = api.queryOptions('get', '/doctor', {});

/** What the doctor found last. */
export const useReport = () => api.useQuery('get', '/doctor', {}, { staleTime: freshForMs });

/** Lets the doctor look again; what it finds takes the place of the last report. */
export const useExamination = () =>
  api.useMutation('post', '/doctor', { onSuccess: (report) => queryClient.setQueryData(queryKey, report) });
