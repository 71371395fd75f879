import { useTranslation } from 'react-i18next';
import type { Departure } from '../../../api/departures';
import { StateTag, type Tone } from '../../../components/state-tag';
import { useNow } from '../../../lib/use-now';
import { daysSince, daysUntil, leftAt, type Stand, standOf } from './standing';

const tones: Record<Stand, Tone> = {
  overdue: 'lost',
  left: 'person',
  planned: 'active',
  expired: 'lost',
  done: 'proved',
  over: 'neutral',
};

/** Where a departure stands, and for how long. */
export function StandTag({ departure }: { departure: Departure }) {
  const stand = standOf(departure, useNow());
  const wordsOf = useStandWords();
  return <StateTag tone={tones[stand]}>{wordsOf(departure, stand)}</StateTag>;
}

function useStandWords(): (departure: Departure, stand: Stand) => string {
  const { t } = useTranslation('handoverDesk');
  const now = useNow();
  const plannedWords = (lastDay: string | null): string => {
    if (lastDay === null) return t('stand.planned');
    const days = daysUntil(lastDay, now);
    if (days === 0) return t('lastDayToday');
    return days > 0 ? t('leavesIn', { count: days }) : t('lastDayOver', { count: -days });
  };
  return (departure, stand) => {
    if (stand === 'planned') return plannedWords(departure.last_day);
    if (stand === 'over') return t(departure.state === 'returned' ? 'returned' : 'calledOff');
    if (stand === 'overdue') return t('overdueFor', { count: daysSince(leftAt(departure), now) });
    return t(`stand.${stand}`);
  };
}
