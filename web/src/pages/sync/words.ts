import { useTranslation } from 'react-i18next';
import type { Difference } from '../../api';

export function useDifferenceWords(): (kind: string) => string {
  return useWords('differenceKind');
}

/** Why it differed; without an explanation, what happens next. */
export function useExplanation(): (difference: Difference) => string {
  const { t } = useTranslation('sync');
  const explained = useWords('explained');
  return ({ explanation, state }) => (explanation ? explained(explanation) : t(`waiting.${state}`));
}

function useWords(group: 'differenceKind' | 'explained'): (code: string) => string {
  const { i18n } = useTranslation('sync');
  return (code) => {
    const key = `${group}.${code}`;
    return i18n.exists(key, { ns: 'sync' }) ? i18n.t(key as 'explained.assigned', { ns: 'sync' }) : code;
  };
}
