import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useCan } from '../../../api';
import { FaultNote } from '../../../components/fault-note';
import { Loading } from '../../../components/loading';
import { Note } from '../../../components/note';
import { Panel } from '../../../components/panel';
import { RecordLink, RecordPage, type RecordPart, textOf, useRecords } from '../../../records';
import styles from '../../../records/records.module.css';

/** One customer, and who is there to talk to. */
export const CustomerPage = () => <RecordPage of="customer" parts={(part) => <Contacts {...part} />} />;

function Contacts({ record, mayEdit }: RecordPart) {
  const { t } = useTranslation('records');
  const mayRead = useCan('contacts:read');
  const mayWrite = useCan('contacts:write') && mayEdit;
  const found = useRecords('contacts', { customer_id: record.id, sort: 'name', limit: '50' }, mayRead);
  if (!mayRead) return null;
  const add = mayWrite && (
    <Link to={`/contacts?${new URLSearchParams({ new: '1', customer_id: record.id })}`}>
      <Button size="small">{t('addContact')}</Button>
    </Link>
  );
  const contacts = found.data?.items ?? [];
  return (
    <Panel title={t('many.contact')} extra={add}>
      {found.error && <FaultNote error={found.error} onRetry={() => void found.refetch()} small />}
      {found.isPending && <Loading rows={2} />}
      {found.data && contacts.length === 0 && <Note small>{t('noContacts')}</Note>}
      {contacts.map((contact) => (
        <div key={contact.id} className={styles.item}>
          <RecordLink of="contact" id={contact.id} name={textOf(contact, 'name')} />
          <span className={styles.quiet}>{textOf(contact, 'title')}</span>
        </div>
      ))}
    </Panel>
  );
}
