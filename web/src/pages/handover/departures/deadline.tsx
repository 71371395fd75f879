import { useTranslation } from 'react-i18next';
import type { Departure } from '../../../api/departures';
import { dayOf, exactTime } from '../../../lib/time';
import { useNow } from '../../../lib/use-now';
import styles from '../handover.module.css';
import { waitingIn } from './standing';

const dayMs = 86_400_000;
const soonMs = 30 * dayMs;

interface Props {
  departure: Departure;
  /** With the day, however near it is. */
  full?: boolean;
}

/** Until when WeCom moves what is theirs; how long that is when it is near and something waits. */
export function Deadline({ departure: { movable_until: until, counts }, full = false }: Props) {
  const { t } = useTranslation('handoverDesk');
  const now = useNow();
  if (until === null) return '–';
  const left = Date.parse(until) - now.getTime();
  const isNear = left < soonMs && waitingIn(counts) > 0;
  const words = left < 0 ? t('deadlineOver') : t('deadlineNear', { count: Math.floor(left / dayMs) });
  const day = full || !isNear ? [dayOf(until)] : [];
  return (
    <time dateTime={until} title={exactTime(until)} className={isNear ? (left < 0 ? styles.lost : styles.person) : ''}>
      {[...day, ...(isNear ? [words] : [])].join(' · ')}
    </time>
  );
}
