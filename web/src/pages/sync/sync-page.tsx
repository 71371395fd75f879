import { useTranslation } from 'react-i18next';
import { PageHeader } from '../../components/page-header';

export function SyncPage() {
  const { t } = useTranslation('sync');
  return <PageHeader title={t('title')} />;
}
