import { Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { type ReplyQuality, useReplyQuality } from '../../../api/reply-quality';
import { FaultNote } from '../../../components/fault-note';
import { Loading } from '../../../components/loading';
import { Note } from '../../../components/note';
import { Panel } from '../../../components/panel';
import { AgeText } from '../../../components/time-text';
import { useNow } from '../../../lib/use-now';
import { dayAfter, shanghaiDay } from '../figures';
import styles from '../risk.module.css';
import { LineTable } from './line-table';
import { Seen } from './seen';
import { Totals } from './totals';

const groupings = ['person', 'team', 'day'] as const;
const periods = [7, 30, 90] as const;

/** First replies of the last days; what is chosen stands in the address. */
export function FiguresTab() {
  const [params, setParams] = useSearchParams();
  const by = groupings.find((one) => one === params.get('by')) ?? 'person';
  const days = periods.find((count) => String(count) === params.get('days')) ?? 30;
  const to = shanghaiDay(useNow(60_000));
  const asked = { from: dayAfter(to, 1 - days), to, by };
  const { data, error, refetch } = useReplyQuality(asked);
  const choose = (next: Record<string, string>) => setParams({ days: String(days), by, ...next }, { replace: true });
  return (
    <div className={styles.stack}>
      <Choices by={by} days={days} report={data} onChoose={choose} />
      {data && <Report report={data} />}
      {!data && (
        <Panel>{error ? <FaultNote error={error} onRetry={() => void refetch()} /> : <Loading rows={10} />}</Panel>
      )}
    </div>
  );
}

interface ChoicesProps {
  by: ReplyQuality['by'];
  days: number;
  report: ReplyQuality | undefined;
  onChoose(next: Record<string, string>): void;
}

function Choices({ by, days, report, onChoose }: ChoicesProps) {
  const { t } = useTranslation('replyQuality');
  const { t: tr } = useTranslation('risk');
  return (
    <div className={styles.choices}>
      <Segmented
        aria-label={tr('period')}
        value={days}
        options={periods.map((count) => ({ value: count, label: tr('lastNDays', { count }) }))}
        onChange={(count) => onChoose({ days: String(count) })}
      />
      <Segmented
        aria-label={t('grouping')}
        value={by}
        options={groupings.map((one) => ({ value: one, label: t(`by.${one}`) }))}
        onChange={(one) => onChoose({ by: one })}
      />
      {report && (
        <span className={styles.quiet}>
          {t('daysOf', { from: report.from, to: report.to })}
          {report.computed_at && (
            <>
              {' · '}
              {t('computed')} <AgeText at={report.computed_at} />
            </>
          )}
        </span>
      )}
    </div>
  );
}

function Report({ report }: { report: ReplyQuality }) {
  const { t } = useTranslation('replyQuality');
  const { total, computed_at, items, by } = report;
  return (
    <>
      <Panel title={t('total')}>
        {computed_at === null ? <p>{t('neverComputed')}</p> : <Totals total={total} target={report.target_minutes} />}
      </Panel>
      {total.coverage && (
        <Panel title={t('coverage')}>
          <Seen coverage={total.coverage} />
        </Panel>
      )}
      <Panel title={t(`per.${by}`)} flush>
        {items.length === 0 ? (
          <Note title={t('empty')}>{t('emptyHint')}</Note>
        ) : (
          <LineTable lines={items} by={by} target={report.target_minutes} />
        )}
      </Panel>
    </>
  );
}
