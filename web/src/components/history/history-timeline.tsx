import { Button } from 'antd';
import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListSource } from '../../api';
import { FaultNote } from '../fault-note';
import { Loading } from '../loading';
import { Note } from '../note';
import type { Tone } from '../state-tag';
import { Timeline } from '../timeline';
import { EntryOrigin } from './entry-origin';
import styles from './history.module.css';
import { type Families, KindFilter, useFamily } from './kind-filter';
import { type HistoryEntry, useHistory } from './use-history';

export interface HistoryWords<T> {
  /** Kinds that belong together, by the name of the family; kinds of no family are `other`. */
  families: Families;
  familyName(family: string): string;
  text(entry: T): ReactNode;
  /** Lines under the sentence. */
  detail?(entry: T): ReactNode;
  tone(entry: T): Tone;
}

interface Props<T extends HistoryEntry> {
  source: ListSource<T, never>;
  words: HistoryWords<T>;
}

/** What happened with one thing: days, sentences, where each was learnt; older entries come on demand. */
export function HistoryTimeline<T extends HistoryEntry>({ source, words }: Props<T>) {
  const { t } = useTranslation();
  const history = useHistory(source);
  const { family, choose, familyOf } = useFamily(words.families);
  const { entries } = history;
  const shown = useMemo(
    () => (family ? entries.filter(({ kind }) => familyOf(kind) === family) : entries),
    [entries, family, familyOf],
  );

  if (history.isPending) return <Loading rows={6} />;
  if (history.error && entries.length === 0) {
    return <FaultNote error={history.error} onRetry={() => void history.refetch()} small />;
  }
  if (entries.length === 0) return <Note small>{t('historyEmpty')}</Note>;
  const present = [...new Set(entries.map(({ kind }) => familyOf(kind)))];
  return (
    <>
      <KindFilter present={present} chosen={family} nameOf={words.familyName} choose={choose} />
      {shown.length === 0 && <Note small>{t('historyNone')}</Note>}
      <Timeline
        items={shown.map((entry) => ({
          id: entry.id,
          at: entry.occurred_at,
          tone: words.tone(entry),
          text: words.text(entry),
          detail: (
            <>
              {words.detail?.(entry)}
              <EntryOrigin entry={entry} />
            </>
          ),
        }))}
      />
      {history.hasNextPage && (
        <div className={styles.older}>
          <Button size="small" loading={history.isFetchingNextPage} onClick={() => void history.fetchNextPage()}>
            {t('historyOlder')}
          </Button>
        </div>
      )}
    </>
  );
}
