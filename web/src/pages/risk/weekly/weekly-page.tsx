import { PrinterOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { api } from '../../../api';
import type { WeeklyRiskReport } from '../../../api/risk';
import { FaultNote } from '../../../components/fault-note';
import { Loading } from '../../../components/loading';
import { Note } from '../../../components/note';
import { PageHeader } from '../../../components/page-header';
import { Panel } from '../../../components/panel';
import { CoverageWords } from '../coverage';
import { dayAfter, mondayOf, shanghaiDay } from '../figures';
import styles from '../risk.module.css';
import { ByDetector } from './by-detector';
import { People } from './people';
import { Summary } from './summary';
import { WeekPicker } from './week-picker';

/** A week of findings beside the one before, to be read on a screen or on paper. */
export function WeeklyPage() {
  const { t } = useTranslation('risk');
  const [from, setFrom] = useWeek();
  const { data, error, refetch } = api.useQuery('get', '/risk/weekly-report', { params: { query: { from } } });
  return (
    <>
      <PageHeader
        title={t('weekly')}
        heading={`${t('weekly')} ${t('weekOf', { from, to: dayAfter(from, 6) })}`}
        note={t('weekNote')}
        actions={
          <>
            <WeekPicker from={from} onPick={setFrom} />
            <Button icon={<PrinterOutlined />} disabled={!data} onClick={() => window.print()}>
              {t('print')}
            </Button>
          </>
        }
      />
      {data && <Report report={data} />}
      {!data && (
        <Panel>{error ? <FaultNote error={error} onRetry={() => void refetch()} /> : <Loading rows={12} />}</Panel>
      )}
    </>
  );
}

/** Its Monday, in the address; without one there the last whole week. */
function useWeek(): [string, (from: string) => void] {
  const [params, setParams] = useSearchParams();
  const asked = params.get('from') ?? '';
  const lastWhole = dayAfter(shanghaiDay(new Date()), -7);
  const day = /^\d{4}-\d\d-\d\d$/.test(asked) && !Number.isNaN(Date.parse(asked)) ? asked : lastWhole;
  return [mondayOf(day), (from) => setParams({ from })];
}

function Report({ report }: { report: WeeklyRiskReport }) {
  const { t } = useTranslation('risk');
  return (
    <div className={styles.stack}>
      <Panel title={t('summary')}>
        <Summary report={report} />
      </Panel>
      <Panel title={t('byDetector')} flush>
        {report.by_detector.length === 0 ? (
          <Note small>{t('quietWeek')}</Note>
        ) : (
          <ByDetector lines={report.by_detector} />
        )}
      </Panel>
      <Panel title={t('weekPeople')} extra={<span className={styles.quiet}>{t('weekPeopleNote')}</span>} flush>
        {report.people.length === 0 ? <Note small>{t('weekEmpty')}</Note> : <People people={report.people} />}
      </Panel>
      <Panel title={t('coverage')}>
        <CoverageWords coverage={report.coverage} />
      </Panel>
    </div>
  );
}
