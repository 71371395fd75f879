import { useTranslation } from 'react-i18next';
import { RecordList } from '../../records';

const usual = ['name', 'code', 'owner_userid', 'industry', 'value_tier', 'last_touch_at', 'next_follow_up_at'];
const filters = ['owner_userid', 'industry', 'nature', 'value_tier', 'source'];

export function CustomersPage() {
  const { t } = useTranslation('records');
  return <RecordList of="customer" usual={usual} filters={filters} hint={t('hint.customer')} />;
}
