import { Form } from 'antd';
import { useTranslation } from 'react-i18next';
import { ChatField, ContactField, MomentField, StaffField } from '../../components/form-fields';
import styles from './exports.module.css';

/** The fields of a form that say whose messages, and of what time. */
export const narrowing = ['userid', 'external_userid', 'chat_id', 'from', 'to'] as const;

/** A conversation names its people already. */
export function Narrowing({ people }: { people: boolean }) {
  const { t } = useTranslation('archiveExports');
  return (
    <div className={styles.pair}>
      {people && (
        <>
          <Form.Item name="userid" label={t('staff')}>
            <StaffField />
          </Form.Item>
          <Form.Item name="external_userid" label={t('external')}>
            <ContactField />
          </Form.Item>
          <Form.Item name="chat_id" label={t('chat')} className={styles.whole ?? ''}>
            <ChatField />
          </Form.Item>
        </>
      )}
      <Form.Item name="from" label={t('from')}>
        <MomentField />
      </Form.Item>
      <Form.Item name="to" label={t('to')}>
        <MomentField />
      </Form.Item>
    </div>
  );
}
