import { DatePicker } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { api, type SupervisionCoverage } from '../../api';
import { FaultNote } from '../../components/fault-note';
import { Loading } from '../../components/loading';
import { Note } from '../../components/note';
import { Panel } from '../../components/panel';
import { Tile } from '../../components/tile';
import { percentText } from '../../lib/percent';
import { CoverageTable } from './coverage-table';
import { totalsOf } from './figures';
import styles from './supervision.module.css';

const format = 'YYYY-MM-DD';

/** Of messages sent to people outside: how many somebody has judged, by whom, and how soon. */
export function CoverageTab() {
  const [range, setRange] = useRange();
  const { data, error, refetch } = api.useQuery('get', '/archive/coverage', { params: { query: range } });
  return (
    <div className={styles.stack}>
      <RangeBar range={range} onRange={setRange} />
      {data && <Report report={data} />}
      {!data && (
        <Panel>{error ? <FaultNote error={error} onRetry={() => void refetch()} /> : <Loading rows={10} />}</Panel>
      )}
    </div>
  );
}

interface Range {
  from: string;
  to: string;
}

/** Days in Shanghai, in the address; without one there the last thirty. */
function useRange(): [Range, (range: Range) => void] {
  const [params, setParams] = useSearchParams();
  const today = dayjs().format(format);
  const from = params.get('from') ?? dayjs().subtract(29, 'day').format(format);
  return [{ from, to: params.get('to') ?? today }, (range) => setParams({ tab: 'coverage', ...range })];
}

function RangeBar({ range: { from, to }, onRange }: { range: Range; onRange(range: Range): void }) {
  const { t } = useTranslation('supervision');
  const today = dayjs();
  const back = (days: number): [Dayjs, Dayjs] => [today.subtract(days - 1, 'day'), today];
  return (
    <div className={styles.bar}>
      <DatePicker.RangePicker
        aria-label={t('days')}
        value={[dayjs(from), dayjs(to)]}
        format={format}
        allowClear={false}
        disabledDate={(day, { from: other }) =>
          day.isAfter(today, 'day') || (other !== undefined && Math.abs(day.diff(other, 'day')) > 365)
        }
        presets={[7, 30, 90, 365].map((days) => ({ label: t('lastDays', { count: days }), value: back(days) }))}
        onChange={(range) => {
          const [first, last] = range ?? [];
          if (first && last) onRange({ from: first.format(format), to: last.format(format) });
        }}
      />
      <span className={styles.quiet}>{t('daysHint')}</span>
    </div>
  );
}

function Report({ report }: { report: SupervisionCoverage }) {
  const { t } = useTranslation('supervision');
  const { messages, reviewed, open, late } = totalsOf(report);
  const { looked_at, differed } = report.second_line;
  return (
    <>
      <Panel title={t('summary')}>
        <div className={styles.tiles}>
          <Tile
            label={t('reviewedShare')}
            value={percentText(reviewed, messages)}
            note={t('reviewedOf', { reviewed: reviewed.toLocaleString(), messages: messages.toLocaleString() })}
          />
          <Tile label={t('staff')} value={report.items.length.toLocaleString()} note={t('staffHint')} />
          <Tile label={t('open')} value={open.toLocaleString()} note={t('lateOf', { count: late })} />
          <Tile
            label={t('secondLine')}
            value={t('differed', { count: differed })}
            note={t('lookedAt', { count: looked_at })}
          />
        </div>
      </Panel>
      <Panel title={t('byStaff')} flush>
        {report.items.length === 0 ? (
          <Note title={t('nothingWritten')}>{t('nothingWrittenHint')}</Note>
        ) : (
          <CoverageTable lines={report.items} />
        )}
      </Panel>
    </>
  );
}
