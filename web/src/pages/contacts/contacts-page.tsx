import { useTranslation } from 'react-i18next';
import { RecordList } from '../../records';

const usual = ['name', 'customer_id', 'title', 'mobiles', 'owner_userid', 'kind', 'status'];
const filters = ['owner_userid', 'kind', 'status'];

export function ContactsPage() {
  const { t } = useTranslation('records');
  return <RecordList of="contact" usual={usual} filters={filters} hint={t('hint.contact')} />;
}
