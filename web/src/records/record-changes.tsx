import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useActorName } from '../components/audit-words';
import { FaultNote } from '../components/fault-note';
import { Change } from '../components/history/change';
import { Loading } from '../components/loading';
import { Note } from '../components/note';
import { Timeline } from '../components/timeline';
import { changesOf } from './record-api';
import { RecordValue } from './record-value';
import styles from './records.module.css';
import type { RecordChange, RecordRow, RecordType } from './types';
import { useRecordWords } from './use-record-words';

/** Who changed what, newest first. */
export function RecordChanges({ type, record }: { type: RecordType; record: RecordRow }) {
  const { t } = useTranslation();
  const source = changesOf(type.path, record.id);
  const words = useRecordWords();
  const nameOf = useActorName();
  const found = useInfiniteQuery({
    queryKey: [...source.key],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      source.load({ limit: '50', ...(pageParam ? { cursor: pageParam } : {}) }, signal),
    getNextPageParam: (page) => page.next_cursor,
  });
  if (found.isPending) return <Loading rows={4} />;
  if (found.error) return <FaultNote error={found.error} onRetry={() => void found.refetch()} small />;
  const entries = found.data.pages.flatMap(({ items }) => items);
  if (entries.length === 0) return <Note small>{t('historyEmpty')}</Note>;
  return (
    <>
      <Timeline
        items={entries.map((entry) => ({
          ...{ id: entry.id, at: entry.at },
          text: words.kind(entry.kind),
          detail: (
            <>
              {entry.reason && <div>{entry.reason}</div>}
              <ChangedFields type={type} record={record} entry={entry} />
              <div className={styles.actor}>{nameOf({ actor: entry.actor, actor_name: entry.actor_name ?? null })}</div>
            </>
          ),
        }))}
      />
      {found.hasNextPage && (
        <Button size="small" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {t('historyOlder')}
        </Button>
      )}
    </>
  );
}

interface EntryProps {
  type: RecordType;
  record: RecordRow;
  entry: RecordChange;
}

function ChangedFields({ type, record, entry }: EntryProps) {
  const words = useRecordWords();
  const { t } = useTranslation('records');
  return Object.entries(entry.changes).map(([column, change]) => {
    const field = type.fields.find(({ key }) => key === column || key.replace(/_userid$/, '_id') === column);
    const label = words.field(type, field?.key ?? column);
    // Whose it was is kept by a number that says nothing to a reader.
    if (!field || !Array.isArray(change) || field.type === 'staff' || field.type === 'record') {
      return <Change key={column} label={label} after={t('wasChanged')} />;
    }
    const shown = (value: unknown) =>
      value === null || value === undefined ? null : (
        <RecordValue type={type} field={field} record={{ ...record, masked: [], [field.key]: value }} inline />
      );
    return <Change key={column} label={label} before={shown(change[0])} after={shown(change[1])} />;
  });
}
