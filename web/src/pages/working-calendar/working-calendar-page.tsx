import { Tabs } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useCan } from '../../api';
import { useWorkingCalendar, type WorkingCalendar } from '../../api/working-calendar';
import { FaultNote } from '../../components/fault-note';
import { Loading } from '../../components/loading';
import { PageHeader } from '../../components/page-header';
import { Panel } from '../../components/panel';
import { TimeText } from '../../components/time-text';
import { EditButton } from './edit-button';
import { Rules } from './rules';
import { VersionsTab } from './versions-tab';
import styles from './working-calendar.module.css';
import { YearView } from './year-view';

/** When the company works: replies and deadlines are counted by this. */
export function WorkingCalendarPage() {
  const { t } = useTranslation('workingCalendar');
  const [params, setParams] = useSearchParams();
  const { data, error, refetch } = useWorkingCalendar();
  const seesVersions = useCan('settings:read');
  const mayWrite = useCan('settings:write');
  const tab = seesVersions && params.get('tab') === 'versions' ? 'versions' : 'calendar';
  return (
    <>
      <PageHeader
        title={t('title')}
        note={t('note')}
        actions={data && mayWrite && <EditButton key={data.version} calendar={data} />}
      />
      {seesVersions && (
        <Tabs
          activeKey={tab}
          onChange={(next) => setParams(next === 'calendar' ? {} : { tab: next })}
          items={(['calendar', 'versions'] as const).map((key) => ({ key, label: t(`tab.${key}`) }))}
        />
      )}
      {tab === 'versions' && <VersionsTab />}
      {tab === 'calendar' && data && <Calendar calendar={data} />}
      {tab === 'calendar' && !data && (
        <Panel>{error ? <FaultNote error={error} onRetry={() => void refetch()} /> : <Loading rows={10} />}</Panel>
      )}
    </>
  );
}

function Calendar({ calendar }: { calendar: WorkingCalendar }) {
  const { t } = useTranslation('workingCalendar');
  const { version, changed_at, changed_by } = calendar;
  return (
    <div className={styles.page}>
      <Panel title={t('year')}>
        <YearView calendar={calendar} />
      </Panel>
      <Panel title={t('rules')}>
        <Rules rules={calendar} />
        <p className={styles.quiet}>
          {version === 0 ? t('usual') : t('version', { version })}
          {changed_at && (
            <>
              {' · '}
              <TimeText at={changed_at} /> · {changed_by}
            </>
          )}
        </p>
      </Panel>
    </div>
  );
}
