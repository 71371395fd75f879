import { Button } from 'antd-mobile';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Icon } from './icons';
import { openAnew, type Taken, useJourney } from './journey';

/** What happened, why, and what to do now; the code small behind. */
export function FailureScreen({ failed }: { failed: Taken }) {
  const { t } = useTranslation('sidebar');
  const isReported = useJourney((journey) => journey.isReported);
  const code = failed.code ?? 'unknown';
  const isQuiet = code === 'no_chat' || code === 'not_in_wecom';
  return (
    <main className="failure" role="alert">
      <span className={isQuiet ? 'failure-mark calm' : 'failure-mark'}>
        <Icon name={isQuiet ? 'person' : 'warning'} />
      </span>
      <h1>{t(`failure.${code}.title`)}</h1>
      <p>{t(`failure.${code}.cause`)}</p>
      <p className="action">{t(`failure.${code}.action`)}</p>
      <Button block color="primary" onClick={openAnew}>
        {t('again')}
      </Button>
      <Link className="diagnose" to="/diagnose">
        {t('diagnose')}
      </Link>
      <p className="quiet">
        {t('code', { code: `${failed.step}.${code}` })}
        {isReported && ` · ${t('told')}`}
      </p>
    </main>
  );
}
