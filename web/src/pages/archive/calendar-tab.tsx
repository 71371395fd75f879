import { Drawer } from 'antd';
import dayjs from 'dayjs';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { type ArchiveDay, api } from '../../api';
import { FaultNote } from '../../components/fault-note';
import { Loading } from '../../components/loading';
import { Panel } from '../../components/panel';
import styles from './archive.module.css';
import { DayLedger } from './day-ledger';
import { type DayState, stateOf } from './days';
import { YearGrid } from './year-grid';

const format = 'YYYY-MM-DD';
const states: readonly DayState[] = ['proved', 'explained', 'unexplained', 'open', 'none'];
/** Days that need a look are listed under the year, the newest first, up to so many. */
const mostListed = 60;

/** A year of days: of each it is proved, explained or not that nothing is missing. */
export function CalendarTab() {
  const [range] = useState(() => ({ from: dayjs().subtract(1, 'year').format(format), to: dayjs().format(format) }));
  const { data, error, refetch } = api.useQuery('get', '/archive/completeness', { params: { query: range } });
  if (data) return <Year {...range} items={data.items} />;
  return <Panel>{error ? <FaultNote error={error} onRetry={() => void refetch()} /> : <Loading rows={6} />}</Panel>;
}

function Year({ from, to, items }: { from: string; to: string; items: ArchiveDay[] }) {
  const { t } = useTranslation('archive');
  const [params, setParams] = useSearchParams();
  const byDay = useMemo(() => new Map(items.map((item) => [item.day, item])), [items]);
  const opened = params.get('day') ?? undefined;
  const open = (day: string | undefined) => setParams({ tab: 'days', ...(day ? { day } : {}) });
  return (
    <div className={styles.stack}>
      <Panel title={t('year')}>
        <YearGrid from={from} to={to} days={byDay} opened={opened} onOpen={open} />
        <ul className={styles.legend}>
          {states.map((state) => (
            <li key={state}>
              <span className={`${styles.cell} ${styles[state]}`} aria-hidden /> {t(`dayState.${state}`)}
            </li>
          ))}
        </ul>
      </Panel>
      <Panel title={t('toLookAt')}>
        <ToLookAt items={items} onOpen={open} />
      </Panel>
      <Drawer
        open={opened !== undefined}
        onClose={() => open(undefined)}
        mask={false}
        size={520}
        rootStyle={{ top: 48 }}
        styles={{ header: { padding: '12px 20px' } }}
        title={opened}
      >
        {opened && <DayLedger day={byDay.get(opened)} />}
      </Drawer>
    </div>
  );
}

function ToLookAt({ items, onOpen }: { items: ArchiveDay[]; onOpen(day: string): void }) {
  const { t } = useTranslation('archive');
  const found = items.filter((item) => ['explained', 'unexplained'].includes(stateOf(item)));
  if (found.length === 0) return <p className={styles.quiet}>{t('nothingToLookAt')}</p>;
  return (
    <ul className={styles.found}>
      {found
        .toReversed()
        .slice(0, mostListed)
        .map((item) => (
          <li key={item.day}>
            <button type="button" className={styles.foundDay} onClick={() => onOpen(item.day)}>
              <span className={`${styles.cell} ${styles[stateOf(item)]}`} aria-hidden /> {item.day} ·{' '}
              {t(`dayState.${stateOf(item)}`)}
              {item.gaps.length > 0 && ` · ${t('gapCount', { count: item.gaps.length })}`}
              {item.parked_now > 0 && ` · ${t('parkedCount', { count: item.parked_now })}`}
            </button>
          </li>
        ))}
    </ul>
  );
}
