import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Settings } from '../../api';
import { CopyButton } from '../../components/copy-button';
import { StateTag } from '../../components/state-tag';
import { AgeText } from '../../components/time-text';
import styles from './settings.module.css';

type Callback = Settings['callbacks'][number];

/** The addresses WeCom must know, and whether it uses them. */
export function Callbacks({ callbacks }: { callbacks: Callback[] }) {
  const { t } = useTranslation('settings');
  return (
    <>
      <p className={styles.hint}>{t('callbacksHint')}</p>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('receiver')}</th>
            <th scope="col">{t('address')}</th>
            <th scope="col">{t('configured')}</th>
            <th scope="col">{t('lastEvent')}</th>
          </tr>
        </thead>
        <tbody>
          {callbacks.map((callback) => (
            <Row key={callback.receiver} callback={callback} />
          ))}
        </tbody>
      </table>
    </>
  );
}

function Row({ callback }: { callback: Callback }) {
  const { t } = useTranslation('settings');
  const { t: tc } = useTranslation();
  const { t: ts } = useTranslation('states');
  const { receiver, url, configured, last_event_at } = callback;
  return (
    <tr>
      <th scope="row">{ts(`receiver.${receiver}`)}</th>
      <td>
        <code>{url}</code> <CopyButton text={url} label={t('copyAddress')} />
      </td>
      <td>
        <StateTag tone={configured ? 'proved' : 'neutral'}>{t(configured ? 'set' : 'notSet')}</StateTag>
      </td>
      <td>
        {last_event_at ? (
          <Link to={`/inbox?receiver=${receiver}`}>
            <AgeText at={last_event_at} />
          </Link>
        ) : (
          <span className={styles.quiet}>{tc('never')}</span>
        )}
      </td>
    </tr>
  );
}
