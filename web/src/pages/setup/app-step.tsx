import { useTranslation } from 'react-i18next';
import styles from './setup.module.css';
import type { StepProps } from './step-props';
import { ValuesForm } from './values-form';

/** The self-built app: the first that works connects the company. */
export function AppStep({ settings, onNext }: StepProps) {
  const { t } = useTranslation('setup');
  const fields = [
    { name: 'WECOM_AGENT_ID', label: t('agentId'), hint: t('agentIdHint') },
    { name: 'WECOM_AGENT_SECRET', label: t('secret'), hint: t('agentSecretHint') },
  ];
  return (
    <div className={styles.step}>
      <ol className={styles.todo}>
        <li>{t('appTodo.create')}</li>
        <li>{t('appTodo.range')}</li>
        <li>{t('appTodo.allow')}</li>
      </ol>
      <ValuesForm settings={settings} fields={fields} app="agent" submit={t('saveAndTest')} onDone={onNext} />
    </div>
  );
}
