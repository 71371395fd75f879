import { api, isActive, type Run } from '../../../../api';
import { detailOf } from '../../../../lib/detail';

/** The runs of a rule, newest first; followed while one goes on. */
export function useRuleRuns(kind: 'rule-dry-run' | 'rule-scan', ruleId: string) {
  const query = { params: { query: { kind, limit: 200 } } };
  const { data, error, refetch } = api.useQuery('get', '/runs', query, {
    refetchInterval: ({ state }) => (state.data?.items.some(isActive) ? 1_000 : false),
  });
  const runs: Run[] | undefined = data?.items.filter(({ params }) => detailOf(params).rule_id === ruleId);
  const isRunning = runs?.some(isActive) ?? false;
  return { runs, isRunning, error, refetch };
}
