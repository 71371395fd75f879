import { useTranslation } from 'react-i18next';
import type { InboxEvent } from '../../api';
import { Cut } from '../../components/cut';
import { useEventWords } from '../../components/event-words';
import type { QueryColumn } from '../../components/query-table';
import { InboxStateTag } from '../../components/states';
import { TimeText } from '../../components/time-text';
import { durationText } from '../../lib/time';
import styles from './inbox.module.css';
import { StaleTag } from './stale-tag';
import { useLatest } from './use-latest';
import { useReason } from './use-reason';

export function useInboxColumns(): QueryColumn<InboxEvent>[] {
  const { t } = useTranslation('inbox');
  const { t: ts } = useTranslation('states');
  const latest = useLatest();
  const reasonOf = useReason();
  return [
    { key: 'received_at', title: t('receivedAt'), width: 130, render: ({ received_at: at }) => <TimeText at={at} /> },
    { key: 'what', title: t('what'), width: 320, render: (event) => <What event={event} /> },
    { key: 'state', title: t('state'), width: 110, render: (event) => <InboxStateTag state={latest(event).state} /> },
    { key: 'subject', title: t('subject'), render: (event) => <Subject event={event} /> },
    {
      key: 'attempts',
      title: t('attempts'),
      width: 90,
      align: 'right',
      render: (event) => latest(event).attempts,
    },
    { key: 'reason', title: t('reason'), width: 240, render: (event) => <Text text={reasonOf(latest(event).error)} /> },
    {
      key: 'receiver',
      title: t('receiver'),
      width: 130,
      hidden: true,
      render: ({ receiver }) => ts(`receiver.${receiver}`),
    },
    {
      key: 'occurred_at',
      title: t('occurredAt'),
      width: 130,
      hidden: true,
      render: ({ occurred_at }) => <TimeText at={occurred_at} />,
    },
    {
      key: 'handled_after',
      title: t('handledAfter'),
      width: 110,
      hidden: true,
      render: (event) => handledAfter(latest(event)),
    },
    { key: 'id', title: t('number'), width: 110, hidden: true, render: ({ id }) => id },
    {
      key: 'code',
      title: t('event'),
      width: 320,
      hidden: true,
      render: ({ event, change_type }) => <Text text={[event, change_type].filter(Boolean).join(' · ')} />,
    },
  ];
}

const Text = ({ text }: { text: string }) => (text ? <Cut text={text} /> : null);

function What({ event }: { event: InboxEvent }) {
  const wordsOf = useEventWords();
  return (
    <span className={styles.what}>
      <Cut text={wordsOf(event)} />
      {event.stale && <StaleTag />}
    </span>
  );
}

/** The ids as WeCom told them: names would cost a question each, and the drawer has them. */
function Subject({ event: { userid, external_userid, chat_id } }: { event: InboxEvent }) {
  const ids = [userid, external_userid, chat_id].filter((id) => id !== null);
  return ids.length > 0 ? (
    <Cut text={ids.join(' · ')}>
      <code>{ids.join(' · ')}</code>
    </Cut>
  ) : null;
}

export const handledAfter = ({ received_at, handled_at }: InboxEvent): string =>
  handled_at ? durationText(new Date(handled_at).getTime() - new Date(received_at).getTime()) : '–';
