import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import type { ItemFilter } from '../../../api/handovers';
import type { ChoiceFilter, QueryFilter } from '../../../components/query-table';
import { itemStates } from '../parts/plan-tags';
import { usePlanWords } from '../parts/use-plan-words';
import type { Plan } from './types';

const keys = ['state', 'kind', 'from_userid', 'to_userid', 'warning', 'errcode', 'without_successor', 'q'] as const;
type Key = (typeof keys)[number];
export type Shown = Partial<Record<Key, string>>;

/** What the ledger shows, as the address says it, and how to show something else. */
export function useItemFilter() {
  const [params, setParams] = useSearchParams();
  const shown: Shown = Object.fromEntries(keys.flatMap((key) => (params.get(key) ? [[key, params.get(key)]] : [])));
  return {
    shown,
    /** As acts want it: whatever the conditions of the list fit. */
    filter: filterOf(shown),
    isFiltered: Object.keys(shown).length > 0,
    show(next: Shown) {
      setParams((known) => {
        for (const key of [...keys, 'cursor', 'open']) known.delete(key);
        for (const [key, value] of Object.entries(next)) known.set(key, value);
        return known;
      });
    },
  };
}

function filterOf({ errcode, without_successor, ...rest }: Shown): ItemFilter {
  return {
    ...(rest as ItemFilter),
    ...(errcode === undefined ? {} : { errcode: Number(errcode) }),
    ...(without_successor === undefined ? {} : { without_successor: without_successor === 'true' }),
  };
}

/** Only conditions that tell items of this handover apart. */
export function useItemFilters({ from, summary, submitted_at }: Plan): QueryFilter<Key>[] {
  const { t } = useTranslation('handoverPlans');
  const words = usePlanWords();
  const choice = (key: Key, label: string, options: ChoiceFilter<Key>['options']): ChoiceFilter<Key>[] =>
    options.length > 0 ? [{ kind: 'choice', key, label, options }] : [];
  const named = (people: readonly { userid: string; name: string | null }[]) =>
    people.map(({ userid, name }) => ({ value: userid, label: name || userid }));
  const states = submitted_at === null ? [] : itemStates;
  return [
    ...choice(
      'state',
      t('stateTitle'),
      states.map((value) => ({ value, label: t(`state.${value}`) })),
    ),
    ...choice(
      'warning',
      t('warnings'),
      Object.keys(summary.by_warning).map((value) => ({ value, label: words.warning(value) })),
    ),
    ...choice('to_userid', t('to'), named(summary.by_successor)),
    ...choice('from_userid', t('from'), named(from)),
    ...choice('without_successor', t('without'), [
      { value: 'true', label: t('withoutOnly') },
      { value: 'false', label: t('withOnly') },
    ]),
    ...choice(
      'kind',
      t('kind'),
      (['external_contact', 'group_chat'] as const).map((value) => ({ value, label: t(`kindOf.${value}`) })),
    ),
    ...choice(
      'errcode',
      t('errcode'),
      summary.by_errcode.map(({ errcode }) => ({ value: String(errcode), label: words.errcode(errcode) })),
    ),
  ];
}
