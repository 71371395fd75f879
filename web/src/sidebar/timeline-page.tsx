import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'antd-mobile';
import { Trans, useTranslation } from 'react-i18next';
import { listOf } from '../api/list';
import type { SidebarContext } from '../api/sidebar';
import { TimeText } from '../components/time-text';
import { detailOf, listFrom } from '../lib/detail';
import { dayOf } from '../lib/time';
import { useWord } from '../lib/use-word';
import { Card, PartFailed, Waiting } from './parts';

interface Entry {
  id: number;
  kind: string;
  occurred_at: string;
  detail?: unknown;
  userid?: string;
  staff_name?: string | null;
}

const pageSize = '50';

/** What happened with the customer, or in the group, newest first, by day. */
export function TimelinePage({ context }: { context: SidebarContext }) {
  const { t } = useTranslation('sidebar');
  const isGroup = context.kind === 'group_chat';
  const id = encodeURIComponent(context.id);
  const source = isGroup
    ? listOf('/group-chats/{chat_id}/history', { chat_id: context.id })
    : listOf('/external-contacts/{external_userid}/history', { external_userid: context.id });
  const found = useInfiniteQuery({
    queryKey: ['timeline', context.kind, id],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      source.load({ limit: pageSize, ...(pageParam ? { cursor: pageParam } : {}) }, signal),
    getNextPageParam: (page) => page.next_cursor,
  });
  if (found.isPending) return <Waiting />;
  if (!found.data) return <PartFailed error={found.error} onRetry={() => void found.refetch()} />;
  const entries: Entry[] = found.data.pages.flatMap(({ items }): Entry[] => items);
  entries.sort((a, b) => b.occurred_at.localeCompare(a.occurred_at) || b.id - a.id);
  return (
    <>
      <h1 className="page-title">{t('timeline')}</h1>
      {entries.length === 0 && (
        <Card>
          <p className="quiet">{t('noHistory')}</p>
        </Card>
      )}
      {byDay(entries).map(([day, happened]) => (
        <Card key={day} title={day}>
          <ol className="events">
            {happened.map((entry) => (
              <li key={entry.id}>
                <p>{isGroup ? <GroupWords entry={entry} /> : <RelationWords entry={entry} />}</p>
                <p className="quiet">
                  <TimeText at={entry.occurred_at} />
                </p>
              </li>
            ))}
          </ol>
        </Card>
      ))}
      {found.hasNextPage && (
        <Button block loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {t('more')}
        </Button>
      )}
    </>
  );
}

function byDay(entries: readonly Entry[]): [string, Entry[]][] {
  const days = new Map<string, Entry[]>();
  for (const entry of entries) {
    const day = dayOf(entry.occurred_at);
    days.set(day, [...(days.get(day) ?? []), entry]);
  }
  return Array.from(days);
}

function RelationWords({ entry }: { entry: Entry }) {
  const words = useWord('externalContacts')(`history.${entry.kind}`);
  if (words === undefined) return <code>{entry.kind}</code>;
  return <Trans defaults={words} components={{ who: <b>{entry.staff_name ?? entry.userid}</b> }} />;
}

function GroupWords({ entry }: { entry: Entry }) {
  const words = useWord('groupChats')(`history.${entry.kind}`);
  if (words === undefined) return <code>{entry.kind}</code>;
  const detail = detailOf(entry.detail);
  const names = [...listFrom(detail.name), ...listFrom(detail.names)];
  const who = names.length > 0 ? names : [...listFrom(detail.userid), ...listFrom(detail.userids)];
  return <Trans defaults={words} components={{ who: <b>{who.join(', ')}</b> }} />;
}
