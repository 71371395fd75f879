import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, type Settings } from '../../api';
import { StateTag } from '../../components/state-tag';
import { ReceiverCard } from './receiver-card';
import styles from './setup.module.css';
import type { StepProps } from './step-props';
import { isVerified } from './steps';

const lookEveryMs = 2_000;

/** Shows what to enter, and waits until WeCom has found it good. */
export function CallbacksStep({ settings, onNext }: StepProps) {
  const { t } = useTranslation('setup');
  const { data } = api.useQuery('get', '/settings', {}, { refetchInterval: lookEveryMs });
  const receivers = (data ?? settings).callbacks.filter(({ receiver }) => receiver !== 'archive');
  const ready = receivers.every(isVerified);
  return (
    <div className={styles.step}>
      <p className={styles.quiet}>{t('callbacksIntro')}</p>
      <PublicUrlNote settings={settings} />
      {receivers.map((callback) => (
        <ReceiverCard key={callback.receiver} callback={callback} />
      ))}
      <div className={styles.buttons}>
        <Button type="primary" disabled={!ready} onClick={onNext}>
          {t('next')}
        </Button>
        {!ready && <Button onClick={onNext}>{t('later')}</Button>}
        {!ready && <span className={styles.quiet}>{t('waitingHint')}</span>}
      </div>
    </div>
  );
}

function PublicUrlNote({ settings: { public_url } }: { settings: Settings }) {
  const { t } = useTranslation('setup');
  if (public_url?.startsWith('https:')) return null;
  return (
    <div className={styles.receiver}>
      <span>
        <StateTag tone="person">{t('noPublicUrl')}</StateTag>
      </span>
      <p>{t('noPublicUrlHint')}</p>
    </div>
  );
}
