import { useTranslation } from 'react-i18next';
import { api, useCan } from '../../api';
import { CopyButton } from '../../components/copy-button';
import { Panel } from '../../components/panel';
import styles from './exports.module.css';

/** How whoever holds the file checks it, without this system and without a network. */
export function Verifier() {
  const { t } = useTranslation('archiveExports');
  const { data } = api.useQuery('get', '/audit-status', {}, { enabled: useCan('audit:read') });
  const key = data?.last_checkpoint?.key_id;
  const command = key ? `node verify.mjs --key ${key}` : 'node verify.mjs';
  return (
    <Panel title={t('verify.title')} className={styles.verifier}>
      <p>{t('verify.about')}</p>
      <ol className={styles.steps}>
        <li>{t('verify.unpack')}</li>
        <li>
          {t('verify.run')}
          <div className={styles.command}>
            <code>{command}</code> <CopyButton text={command} />
          </div>
        </li>
        <li>{t('verify.read')}</li>
        <li>{t('verify.key')}</li>
      </ol>
      <p className={styles.quiet}>{t('verify.copy')}</p>
    </Panel>
  );
}
