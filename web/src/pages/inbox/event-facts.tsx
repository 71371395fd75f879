import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { InboxEventDetail } from '../../api';
import { externalContactPath } from '../../components/external-person';
import { Facts } from '../../components/facts';
import { ContactName, GroupChatName, StaffName } from '../../components/names';
import { TimeText } from '../../components/time-text';
import { groupChatPath, staffPath } from '../../lib/paths';
import { handledAfter } from './use-inbox-columns';

export function EventFacts({ event }: { event: InboxEventDetail }) {
  const { t } = useTranslation('inbox');
  const { t: ts } = useTranslation('states');
  const { userid, external_userid, chat_id } = event;
  const subjects = [
    {
      label: t('staff'),
      value: userid && (
        <Link to={staffPath(userid)}>
          <StaffName userid={userid} />
        </Link>
      ),
    },
    {
      label: t('externalContact'),
      value: external_userid && (
        <Link to={externalContactPath(external_userid)}>
          <ContactName externalUserid={external_userid} />
        </Link>
      ),
    },
    {
      label: t('groupChat'),
      value: chat_id && (
        <Link to={groupChatPath(chat_id)}>
          <GroupChatName chatId={chat_id} />
        </Link>
      ),
    },
  ];
  return (
    <Facts
      items={[
        ...subjects.filter(({ value }) => value),
        { label: t('event'), value: <code>{event.event}</code> },
        { label: t('changeType'), value: event.change_type && <code>{event.change_type}</code> },
        { label: t('receiver'), value: ts(`receiver.${event.receiver}`) },
        { label: t('occurredAt'), value: <TimeText at={event.occurred_at} /> },
        { label: t('receivedAt'), value: <TimeText at={event.received_at} /> },
        { label: t('handledAt'), value: event.handled_at && <TimeText at={event.handled_at} /> },
        { label: t('handledAfter'), value: handledAfter(event) },
        { label: t('attempts'), value: event.attempts },
        { label: t('number'), value: event.id },
      ]}
    />
  );
}
