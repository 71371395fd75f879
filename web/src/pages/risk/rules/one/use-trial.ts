import type { Rule } from '../../../../api';
import { detailOf } from '../../../../lib/detail';
import { useRuleRuns } from './use-rule-runs';

/** The last dry run of the newest version. */
export function useTrial({ id, version }: Pick<Rule, 'id' | 'version'>) {
  const { runs, error, refetch } = useRuleRuns('rule-dry-run', id);
  return { last: runs?.find(({ params }) => detailOf(params).version === version), error, refetch };
}
