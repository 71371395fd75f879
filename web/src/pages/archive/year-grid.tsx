import { type KeyboardEvent, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ArchiveDay } from '../../api';
import styles from './archive.module.css';
import { stateOf, type Week, weeksOf } from './days';

interface Props {
  from: string;
  to: string;
  days: ReadonlyMap<string, ArchiveDay>;
  opened: string | undefined;
  onOpen(day: string): void;
}

/** Where the arrows lead, in days. */
const steps: Readonly<Record<string, number>> = { ArrowUp: -1, ArrowDown: 1, ArrowLeft: -7, ArrowRight: 7 };

/** One small square a day, a column a week. Tab leads to one of them, the arrows from there. */
export function YearGrid({ from, to, days, opened, onOpen }: Props) {
  const { t } = useTranslation('archive');
  const grid = useRef<HTMLDivElement>(null);
  const weeks = useMemo(() => weeksOf(from, to), [from, to]);
  const all = useMemo(() => weeks.flatMap((week) => week.days.flatMap((day) => day ?? [])), [weeks]);
  const reached = opened ?? to;
  const walk = (event: KeyboardEvent<HTMLDivElement>) => {
    const step = steps[event.key];
    const at = all.indexOf((event.target as HTMLElement).dataset.day ?? '');
    const next = step === undefined || at < 0 ? undefined : all[at + step];
    if (!next) return;
    event.preventDefault();
    grid.current?.querySelector<HTMLElement>(`[data-day="${next}"]`)?.focus();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the arrows move the focus between the buttons inside.
    <div ref={grid} className={styles.year} onKeyDown={walk}>
      {weeks.map((week) => (
        <WeekColumn
          key={week.key}
          week={week}
          draw={(day) => (
            <button
              type="button"
              data-day={day}
              tabIndex={day === reached ? 0 : -1}
              className={`${styles.cell} ${styles[stateOf(days.get(day))]} ${day === opened ? styles.opened : ''}`}
              aria-label={`${day} ${t(`dayState.${stateOf(days.get(day))}`)}`}
              title={`${day} · ${t(`dayState.${stateOf(days.get(day))}`)}`}
              onClick={() => onOpen(day)}
            />
          )}
        />
      ))}
    </div>
  );
}

function WeekColumn({ week, draw }: { week: Week; draw(day: string): React.ReactNode }) {
  return (
    <div className={styles.week}>
      <span className={styles.month}>{week.month?.replace(/^\d+-0?/, '')}</span>
      {week.days.map((day, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the days of a week never change places.
        <span key={place} className={styles.slot}>
          {day && draw(day)}
        </span>
      ))}
    </div>
  );
}
