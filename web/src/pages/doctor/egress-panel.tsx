import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { DoctorReport } from '../../api';
import { CopyButton } from '../../components/copy-button';
import { Panel } from '../../components/panel';
import { AgeText } from '../../components/time-text';
import styles from './doctor.module.css';

/** The addresses to paste into 企业可信IP. */
export function EgressPanel({ egress }: { egress: DoctorReport['egress'] }) {
  const { t } = useTranslation('doctor');
  const all = egress.map(({ address }) => address).join(';');
  return (
    <Panel title={t('egress.title')} extra={egress.length > 1 && <CopyButton text={all} label={t('egress.copyAll')} />}>
      <p className={styles.hint}>{t('egress.hint')}</p>
      {egress.length === 0 && (
        <p className={styles.quiet}>
          {t('egress.none')} <Link to="/settings">{t('egress.write')}</Link>
        </p>
      )}
      <ul>
        {egress.map(({ address, source, seen_at }) => (
          <li key={address} className={styles.address}>
            <code>{address}</code>
            <CopyButton text={address} />
            <span className={styles.quiet}>
              {t(`egress.source.${source}`)} {seen_at && <AgeText at={seen_at} />}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
