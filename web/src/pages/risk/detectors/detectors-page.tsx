import { useTranslation } from 'react-i18next';
import { useDetectors } from '../../../api/risk';
import { FaultNote } from '../../../components/fault-note';
import { Loading } from '../../../components/loading';
import { PageHeader } from '../../../components/page-header';
import { Panel } from '../../../components/panel';
import { Coverage } from '../coverage';
import styles from '../risk.module.css';
import { DetectorTable } from './detector-table';

/** How detection does, and how far it reaches. */
export function DetectorsPage() {
  const { t } = useTranslation('risk');
  const { data, error, refetch } = useDetectors();
  return (
    <>
      <PageHeader title={t('detectors')} note={t('detectorsNote')} />
      <div className={styles.stack}>
        {error && <FaultNote error={error} onRetry={() => void refetch()} small={data !== undefined} />}
        {!data && !error && (
          <Panel>
            <Loading rows={12} />
          </Panel>
        )}
        {data && (
          <>
            <Coverage coverage={data.coverage} />
            <Panel flush>
              <DetectorTable detectors={data.items} />
            </Panel>
            <p className={styles.quiet}>{t('in90DaysHint')}</p>
          </>
        )}
      </div>
    </>
  );
}
