import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import styles from './setup.module.css';
import type { StepProps } from './step-props';
import { ValuesForm } from './values-form';

/** Contacts sync tells of people who come and go. */
export function ContactsStep({ settings, onNext }: StepProps) {
  const { t } = useTranslation('setup');
  const field = { name: 'WECOM_CONTACTS_SECRET', label: t('secret'), hint: t('contactsSecretHint') };
  return (
    <div className={styles.step}>
      <p className={styles.quiet}>{t('contactsIntro')}</p>
      <ValuesForm settings={settings} fields={[field]} app="contacts" submit={t('saveAndTest')} onDone={onNext}>
        <Button onClick={onNext}>{t('later')}</Button>
      </ValuesForm>
    </div>
  );
}
