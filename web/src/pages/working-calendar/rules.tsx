import { useTranslation } from 'react-i18next';
import type { CalendarRules } from '../../api/working-calendar';
import { Facts } from '../../components/facts';
import { weekdays } from './days';
import { hoursText } from './hours';
import styles from './working-calendar.module.css';

/** What the company itself has said: the week, made-up days, and days of its own. */
export function Rules({ rules: { weekdays: week, make_up_hours, days } }: { rules: CalendarRules }) {
  const { t } = useTranslation('workingCalendar');
  return (
    <div className={styles.rules}>
      <Facts
        items={[
          ...weekdays.map((day) => ({ label: t(`day.${day}`), value: hoursText(week[day]) || t('rest') })),
          { label: t('makeUp'), value: hoursText(make_up_hours) || t('rest') },
        ]}
      />
      <h3 className={styles.heading}>{t('own')}</h3>
      {days.length === 0 && <p className={styles.quiet}>{t('ownNone')}</p>}
      <ul className={styles.own}>
        {days.map(({ from, to, name, hours }) => (
          <li key={from}>
            <bdi>{name}</bdi>{' '}
            <span className={styles.quiet}>
              {from === to ? from : t('fromTo', { from, to })} · {hoursText(hours) || t('rest')}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
