import { useTranslation } from 'react-i18next';
import type { SettingsTest } from '../../api';
import { StateTag } from '../../components/state-tag';
import styles from './setup.module.css';

/** What WeCom said to a secret, and what to click. */
export function TestResult({ item }: { item: SettingsTest['items'][number] }) {
  const { t, i18n } = useTranslation('setup');
  const advice = item.advice?.[i18n.language === 'en' ? 'en' : 'zh'];
  const { outcome, errcode } = item;
  return (
    <div className={styles.result} role="status">
      <StateTag tone={outcome === 'ok' ? 'proved' : errcode === 60020 ? 'person' : 'lost'}>
        {t(`outcome.${outcome}`)}
        {errcode !== null && ` · ${errcode}`}
      </StateTag>
      {errcode === 60020 && <p>{t('untrusted')}</p>}
      {advice && <p>{advice}</p>}
    </div>
  );
}
