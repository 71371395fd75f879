import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { type FindingsRead, useFindingsSince } from '../../api/findings';
import { FaultNote } from '../../components/fault-note';
import { Loading } from '../../components/loading';
import { Panel } from '../../components/panel';
import { dayOf } from '../../lib/time';
import { useNow } from '../../lib/use-now';
import { countText, daysWith, totalOf } from './figures';
import styles from './risk.module.css';
import { SeverityColumns } from './severity-columns';

const shown = 7;

/** What was found on each of the last seven days, whatever became of it; days of the reader's zone. */
export function LastDays() {
  const { t } = useTranslation('risk');
  const now = useNow(60_000);
  const first = dayjs(now)
    .startOf('day')
    .subtract(shown - 1, 'day');
  const { data, error, refetch } = useFindingsSince(first.toISOString());
  const days = Array.from({ length: shown }, (_, place) => first.add(place, 'day').format('YYYY-MM-DD'));
  return (
    <Panel title={t('lastDays')}>
      {data && <Found found={data} days={days} />}
      {!data && (error ? <FaultNote error={error} onRetry={() => void refetch()} small /> : <Loading rows={5} />)}
    </Panel>
  );
}

function Found({ found, days }: { found: FindingsRead; days: string[] }) {
  const { t } = useTranslation('risk');
  const each = found.items.map(({ detected_at, severity }) => ({ day: dayOf(detected_at), severity }));
  const columns = daysWith(each, days);
  const today = columns.at(-1);
  return (
    <>
      <p className={styles.sum}>
        {t('lastDaysSum', { today: (today ? totalOf(today.by) : 0).toLocaleString(), all: countText(found) })}
      </p>
      <SeverityColumns columns={columns} label={t('lastDays')} unit={t('day')} />
      {!found.isAll && <p className={styles.quiet}>{t('lastDaysCut', { count: found.items.length })}</p>}
    </>
  );
}
