import { useTranslation } from 'react-i18next';
import type { ArchiveDay } from '../../api';
import { Facts } from '../../components/facts';
import { Note } from '../../components/note';
import { StateTag, type Tone } from '../../components/state-tag';
import { TimeText } from '../../components/time-text';
import { durationText } from '../../lib/time';
import { useWord } from '../../lib/use-word';
import styles from './archive.module.css';
import { type DayState, stateOf } from './days';

const tones: Record<DayState, Tone> = {
  proved: 'proved',
  explained: 'person',
  unexplained: 'lost',
  open: 'active',
  none: 'neutral',
};

/** What came on a day and what became of it. */
export function DayLedger({ day }: { day: ArchiveDay | undefined }) {
  const { t } = useTranslation('archive');
  const state = stateOf(day);
  if (!day) return <Note small>{t('noDay')}</Note>;
  return (
    <div className={styles.stack}>
      <div>
        <StateTag tone={tones[state]}>{t(`dayState.${state}`)}</StateTag>
      </div>
      <p className={styles.equation}>
        {t('equation', { received: day.received, stored: day.stored, parked: day.parked, unopened: day.unopened })}
      </p>
      <DayFacts day={day} />
      {day.gaps.length > 0 && <Gaps gaps={day.gaps} />}
    </div>
  );
}

function DayFacts({ day }: { day: ArchiveDay }) {
  const { t } = useTranslation('archive');
  const wordOf = useWord('archive');
  const words = (counts: Readonly<Record<string, number>>, area: string) =>
    Object.entries(counts)
      .map(([key, count]) => `${wordOf(`${area}.${key}`) ?? key} ${count}`)
      .join(' · ');
  const { media, verified } = day;
  const items = [
    { label: t('unreadable'), value: words(day.unreadable, 'reason') },
    { label: t('parkedNow'), value: day.parked_now },
    { label: t('duplicates'), value: day.duplicates },
    { label: t('conflicts'), value: day.conflicts },
    { label: t('pulls'), value: day.pulls },
    { label: t('failures'), value: words(day.failures, 'code') },
    { label: t('silence'), value: durationText(day.longest_silence_seconds * 1_000) },
    { label: t('files'), value: words({ ...media }, 'file') },
    { label: t('seats'), value: day.seats },
    { label: t('verified'), value: verified === null ? null : t(verified ? 'intact' : 'notIntact') },
    { label: t('closedAt'), value: day.closed_at ? <TimeText at={day.closed_at} /> : t('notClosed') },
  ];
  return <Facts items={items} />;
}

function Gaps({ gaps }: { gaps: ArchiveDay['gaps'] }) {
  const { t } = useTranslation('archive');
  const wordOf = useWord('archive');
  return (
    <section>
      <h3 className={styles.heading}>{t('tab.gaps')}</h3>
      <ul className={styles.faults}>
        {gaps.map(({ from_seq, to_seq, cause }) => (
          <li key={from_seq}>
            <code>
              {from_seq} – {to_seq}
            </code>
            <div className={styles.quiet}>{wordOf(`gap.${cause}`) ?? cause}</div>
          </li>
        ))}
      </ul>
    </section>
  );
}
