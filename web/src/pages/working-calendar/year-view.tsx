import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WorkingCalendar } from '../../api/working-calendar';
import { shanghaiDay } from '../risk/figures';
import { type Day, dayIn, type Month, monthsOf, weekdays } from './days';
import { hoursText } from './hours';
import styles from './working-calendar.module.css';

/** A year, month by month: who works when is said in the cell and on hover. */
export function YearView({ calendar }: { calendar: WorkingCalendar }) {
  const { t } = useTranslation('workingCalendar');
  const today = shanghaiDay(new Date());
  const [year, setYear] = useState(Number(today.slice(0, 4)));
  const months = useMemo(() => monthsOf(year), [year]);
  return (
    <>
      <div className={styles.bar}>
        <Button icon={<LeftOutlined />} aria-label={t('previousYear')} onClick={() => setYear(year - 1)} />
        <strong>{year}</strong>
        <Button icon={<RightOutlined />} aria-label={t('nextYear')} onClick={() => setYear(year + 1)} />
        <Legend />
      </div>
      {!calendar.public_years.includes(year) && <p className={styles.quiet}>{t('yearUnknown', { year })}</p>}
      <div className={styles.year}>
        {months.map((month) => (
          <MonthView key={month.month} month={month} calendar={calendar} today={today} />
        ))}
      </div>
    </>
  );
}

function Legend() {
  const { t } = useTranslation('workingCalendar');
  return (
    <span className={styles.legend}>
      {(['holiday', 'made_up', 'own'] as const).map((kind) => (
        <span key={kind}>
          <span className={styles.mark}>{t(`mark.${kind}`)}</span> {t(`kind.${kind}`)}
        </span>
      ))}
      <span>{t('restHint')}</span>
    </span>
  );
}

interface MonthProps {
  month: Month;
  calendar: WorkingCalendar;
  today: string;
}

function MonthView({ month: { month, lead, days }, calendar, today }: MonthProps) {
  const { t, i18n } = useTranslation('workingCalendar');
  const name = new Intl.DateTimeFormat(i18n.language, { month: 'long', timeZone: 'UTC' }).format(
    new Date(`${month}-01`),
  );
  return (
    <section>
      <h3 className={styles.heading}>{name}</h3>
      <div className={styles.weekdays} aria-hidden>
        {weekdays.map((day) => (
          <span key={day}>{t(`short.${day}`)}</span>
        ))}
      </div>
      <ol className={styles.month}>
        {days.map((day, place) => (
          <Cell
            key={day}
            day={dayIn(calendar, day)}
            isToday={day === today}
            column={place === 0 ? lead + 1 : undefined}
          />
        ))}
      </ol>
    </section>
  );
}

/** `column`: where the first of a month stands. */
function Cell({
  day: { day, kind, name, hours },
  isToday,
  column,
}: {
  day: Day;
  isToday: boolean;
  column?: number | undefined;
}) {
  const { t } = useTranslation('workingCalendar');
  const words = [day, t(`kind.${kind}`), name, hoursText(hours) || t('rest')].filter(Boolean).join(' · ');
  const isSpecial = kind !== 'work' && kind !== 'off';
  return (
    <li
      className={`${styles.cell} ${hours.length === 0 ? styles.off : ''} ${isToday ? styles.today : ''}`}
      style={column === undefined ? undefined : { gridColumnStart: column }}
      title={words}
    >
      {Number(day.slice(8))}
      {isSpecial && <span className={styles.mark}>{t(`mark.${kind}`)}</span>}
      <span className={styles.spoken}>{words}</span>
    </li>
  );
}
