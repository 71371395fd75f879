import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, type SettingsTest, useCan } from '../../api';
import { FaultNote } from '../../components/fault-note';
import { StateTag, type Tone } from '../../components/state-tag';
import styles from './settings.module.css';

type Item = SettingsTest['items'][number];

const tones: Record<Item['outcome'], Tone> = { ok: 'proved', failed: 'lost', not_configured: 'neutral' };
const apps = ['agent', 'contacts', 'archive'] as const;

/** Tries each Secret against WeCom and says what to click when one is refused. */
export function ConnectionTest() {
  const { t } = useTranslation('settings');
  const mayTest = useCan('settings:test');
  const test = api.useMutation('post', '/settings/tests');
  return (
    <div className={styles.test}>
      <ul>
        {apps.map((app) => (
          <li key={app} className={styles.app}>
            <App app={app} item={test.data?.items.find((item) => item.app === app)} />
          </li>
        ))}
      </ul>
      {test.error && <FaultNote error={test.error} small />}
      {mayTest && (
        <div className={styles.testButton}>
          <Button loading={test.isPending} onClick={() => test.mutate({})}>
            {t('testAll')}
          </Button>
          <span className={styles.quiet}>{t('testHint')}</span>
        </div>
      )}
    </div>
  );
}

function App({ app, item }: { app: Item['app']; item: Item | undefined }) {
  const { t, i18n } = useTranslation('settings');
  const { t: ts } = useTranslation('states');
  const advice = item?.advice?.[i18n.language === 'en' ? 'en' : 'zh'];
  return (
    <>
      <span className={styles.appName}>{ts(`receiver.${app}`)}</span>
      {item ? (
        <StateTag tone={tones[item.outcome]}>{t(`outcome.${item.outcome}`)}</StateTag>
      ) : (
        <span className={styles.quiet}>{t('notTested')}</span>
      )}
      {item && item.errcode !== null && item.outcome === 'failed' && (
        <code className={styles.quiet}>{t('errcode', { code: item.errcode })}</code>
      )}
      {advice && <p className={styles.advice}>{advice}</p>}
    </>
  );
}
