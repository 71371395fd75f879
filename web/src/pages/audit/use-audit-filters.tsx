import { useTranslation } from 'react-i18next';
import { momentFilter, type QueryFilter } from '../../components/query-table';

type Key = 'actor' | 'action' | 'target' | 'from' | 'to';

export function useAuditFilters(): QueryFilter<Key>[] {
  const { t } = useTranslation('audit');
  return [
    { kind: 'text', key: 'actor', label: t('actor'), placeholder: t('actorPlaceholder') },
    { kind: 'text', key: 'action', label: t('action'), placeholder: t('actionPlaceholder') },
    { kind: 'text', key: 'target', label: t('target'), placeholder: t('targetPlaceholder') },
    momentFilter('from', t('from')),
    momentFilter('to', t('to')),
  ];
}
