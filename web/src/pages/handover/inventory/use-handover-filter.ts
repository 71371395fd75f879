import { useTranslation } from 'react-i18next';
import type { ChoiceFilter } from '../../../components/query-table';

const values = ['none', 'open', 'done'] as const;

/** Whether a handover is under way, is done, or there is none. */
export function useHandoverFilter(): ChoiceFilter<'handover'> {
  const { t } = useTranslation('handoverDesk');
  return {
    ...{ kind: 'choice', key: 'handover', label: t('handover') },
    options: values.map((value) => ({ value, label: t(`handoverIs.${value}`) })),
  };
}
