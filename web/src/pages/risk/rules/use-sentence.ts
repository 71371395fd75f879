import { useTranslation } from 'react-i18next';
import { api, type Rule, useCan } from '../../../api';
import { useTagName } from '../../external-contacts/tag-names';
import { useDepartmentName } from '../../staff/use-departments';
import { limitsOf, type Names, sentenceOf } from './sentence';

/** The word lists, for those who may see them. */
export const useWordLists = () =>
  api.useQuery(
    'get',
    '/archive/word-lists',
    { params: { query: { limit: 200 } } },
    { enabled: useCan('archive:review'), staleTime: 60_000 },
  );

type Said = Pick<Rule, 'definition' | 'severity'>;

/** What a rule does, as a sentence and what narrows it. */
export function useSentence(): { sentence(rule: Said): string; limits(rule: Said): string[] } {
  const { t } = useTranslation('rules');
  const { t: tf } = useTranslation('findings');
  const { t: tc } = useTranslation();
  const { data } = useWordLists();
  const department = useDepartmentName();
  const tag = useTagName();
  const lists = new Map(data?.items.map(({ id, name }) => [id, name]));
  const names: Names = {
    ...{ department, tag },
    list: (id) => lists.get(id),
    row: (texts) => texts.join(tc('listSeparator')),
  };
  return {
    sentence: ({ definition, severity }) => sentenceOf(definition, tf(`severityOf.${severity}`), t, names),
    limits: ({ definition }) => limitsOf(definition, t, names),
  };
}
