import { useTranslation } from 'react-i18next';
import type { Departure } from '../../../api/departures';
import { dayOf, exactTime } from '../../../lib/time';
import { useNow } from '../../../lib/use-now';
import styles from '../handover.module.css';
import { waitingIn } from './standing';

const soonMs = 30 * 86_400_000;

/** Until when WeCom moves what is theirs; told from the grey when it is near and something waits. */
export function Deadline({ departure: { movable_until: until, counts } }: { departure: Departure }) {
  const { t } = useTranslation('handoverDesk');
  const now = useNow();
  if (until === null) return '–';
  const left = Date.parse(until) - now.getTime();
  const isNear = left < soonMs && waitingIn(counts) > 0;
  const look = left < 0 ? styles.lost : styles.person;
  return (
    <time dateTime={until} title={exactTime(until)} className={isNear ? look : undefined}>
      {isNear ? t(left < 0 ? 'deadlineOver' : 'deadlineNear', { day: dayOf(until) }) : dayOf(until)}
    </time>
  );
}
