import { useTranslation } from 'react-i18next';
import { RecordList } from '../../records';

const usual = ['name', 'code', 'status', 'owner_userid', 'source', 'estimated_amount', 'next_follow_up_at'];
const filters = ['status', 'owner_userid', 'source', 'industry'];

export function LeadsPage() {
  const { t } = useTranslation('records');
  return <RecordList of="lead" usual={usual} filters={filters} hint={t('hint.lead')} />;
}
