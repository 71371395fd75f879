import { Table, type TableColumnType } from 'antd';
import { useTranslation } from 'react-i18next';
import { type SecuritySource, useSecuritySources } from '../../../api/security-records';
import { FaultNote } from '../../../components/fault-note';
import { Loading } from '../../../components/loading';
import { Panel } from '../../../components/panel';
import { StateTag, type Tone } from '../../../components/state-tag';
import { AgeText, TimeText } from '../../../components/time-text';
import styles from '../risk.module.css';
import { adviceOf } from './advice';
import { LostCallbacks } from './lost-callbacks';

/** How far each log was read, and what stands in the way. */
export function SourcesTab() {
  const { t } = useTranslation('securityRecords');
  const { data, error, refetch } = useSecuritySources();
  if (!data) {
    return <Panel>{error ? <FaultNote error={error} onRetry={() => void refetch()} /> : <Loading rows={6} />}</Panel>;
  }
  return (
    <div className={styles.stack}>
      {error && <FaultNote error={error} onRetry={() => void refetch()} small />}
      <Panel title={t('sources')} flush>
        <SourceTable sources={data.sources} />
      </Panel>
      <Panel title={t('lost')} extra={<span className={styles.quiet}>{t('lostNote')}</span>}>
        {data.deletions ? <LostCallbacks deletions={data.deletions} /> : <p>{t('lostUnknown')}</p>}
      </Panel>
    </div>
  );
}

function SourceTable({ sources }: { sources: SecuritySource[] }) {
  return (
    <Table<SecuritySource>
      className={styles.table ?? ''}
      size="small"
      tableLayout="fixed"
      scroll={{ x: 1_080 }}
      rowKey="source"
      dataSource={sources}
      columns={useColumns()}
      pagination={false}
    />
  );
}

const tones: Record<SecuritySource['state'], Tone> = {
  ...{ new: 'active', ok: 'proved', failing: 'lost', unavailable: 'neutral' },
};

function useColumns(): TableColumnType<SecuritySource>[] {
  const { t } = useTranslation('securityRecords');
  return [
    { key: 'source', title: t('source'), width: 160, render: (_, { source }) => t(`sourceOf.${source}`) },
    {
      ...{ key: 'state', title: t('state'), width: 160 },
      render: (_, { state }) => <StateTag tone={tones[state]}>{t(`stateOf.${state}`)}</StateTag>,
    },
    {
      ...{ key: 'watermark', title: t('watermark'), width: 150 },
      render: (_, { watermark }) => <TimeText at={watermark} none={t('never')} />,
    },
    { key: 'since', title: t('since'), width: 150, render: (_, { since }) => <TimeText at={since} /> },
    {
      ...{ key: 'asked_at', title: t('askedAt'), width: 130 },
      render: (_, { asked_at }) => <AgeText at={asked_at} none={t('never')} />,
    },
    { key: 'about', title: t('about'), render: (_, source) => <About source={source} /> },
  ];
}

/** What is wrong, with WeCom's code and what to do; and what can never be read any more. */
function About({ source }: { source: SecuritySource }) {
  const { t } = useTranslation('securityRecords');
  const { source: log, state, errcode, fault, gap } = source;
  const isAway = state === 'unavailable' || state === 'failing';
  if (!isAway && !gap) return '–';
  return (
    <div className={styles.stack}>
      {isAway && (
        <div>
          <div>{t(`advice.${adviceOf(source)}`)}</div>
          {state === 'unavailable' && <div>{t(`whereOf.${log}`)}</div>}
          {(errcode !== null || fault !== null) && (
            <div className={styles.quiet}>
              {errcode !== null && t('errcode', { code: errcode })} {fault}
            </div>
          )}
        </div>
      )}
      {gap && (
        <div className={styles.fault}>
          {t('gap')} <TimeText at={gap.from} /> – <TimeText at={gap.to} />
        </div>
      )}
    </div>
  );
}
