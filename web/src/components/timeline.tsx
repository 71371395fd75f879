import type { ReactNode } from 'react';
import { dayOf, exactTime } from '../lib/time';
import type { Tone } from './state-tag';
import styles from './timeline.module.css';

export interface TimelineItem {
  id: string | number;
  at: string;
  /** One sentence. */
  text: ReactNode;
  /** In grey under it: source, before → after. */
  detail?: ReactNode;
  tone?: Tone;
}

/** What happened, newest first, under headings of the day in the reader's zone. `items` come in order. */
export function Timeline({ items }: { items: TimelineItem[] }) {
  return (
    <div>
      {byDay(items).map(([day, entries]) => (
        <section key={day} aria-label={day}>
          <h3 className={styles.day}>{day}</h3>
          <ol>
            {entries.map((entry) => (
              <Entry key={entry.id} entry={entry} />
            ))}
          </ol>
        </section>
      ))}
    </div>
  );
}

/** Neighbours of one day together; the order stays. */
function byDay(items: TimelineItem[]): [day: string, entries: TimelineItem[]][] {
  const days: [string, TimelineItem[]][] = [];
  for (const item of items) {
    const day = dayOf(item.at);
    const last = days.at(-1);
    if (last?.[0] === day) last[1].push(item);
    else days.push([day, [item]]);
  }
  return days;
}

function Entry({ entry }: { entry: TimelineItem }) {
  const exact = exactTime(entry.at);
  return (
    <li className={styles.item}>
      <time className={styles.at} dateTime={entry.at} title={exact}>
        {exact.slice(11, 16)}
      </time>
      <span className={`${styles.dot} ${styles[entry.tone ?? 'neutral']}`} aria-hidden />
      <div>
        <div className={styles.text}>{entry.text}</div>
        {entry.detail && <div className={styles.detail}>{entry.detail}</div>}
      </div>
    </li>
  );
}
