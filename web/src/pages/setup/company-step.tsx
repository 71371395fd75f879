import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { StateTag } from '../../components/state-tag';
import styles from './setup.module.css';
import type { StepProps } from './step-props';
import { ValuesForm } from './values-form';

/** Which company. Once its app has proved to work, the database stays with it. */
export function CompanyStep({ settings, onNext }: StepProps) {
  const { t } = useTranslation('setup');
  if (settings.connected) {
    return (
      <div className={styles.step}>
        <p>
          <StateTag tone="proved">{t('connected')}</StateTag> <code>{settings.corp_id}</code>
        </p>
        <p className={styles.quiet}>{t('connectedHint')}</p>
        <div className={styles.buttons}>
          <Button type="primary" onClick={onNext}>
            {t('next')}
          </Button>
        </div>
      </div>
    );
  }
  const field = { name: 'WECOM_CORP_ID', label: t('corpId'), hint: t('corpIdHint') };
  return (
    <div className={styles.step}>
      <p className={styles.quiet}>{t('companyIntro')}</p>
      <ValuesForm settings={settings} fields={[field]} submit={t('next')} onDone={onNext} />
    </div>
  );
}
