import { useTranslation } from 'react-i18next';
import type { Conversation } from '../../api';
import type { QueryColumn } from '../../components/query-table';
import { TimeText } from '../../components/time-text';
import { ConversationName } from './conversation-name';
import { PeopleChips } from './people-chips';

export function useConversationColumns(): QueryColumn<Conversation>[] {
  const { t } = useTranslation('conversations');
  return [
    {
      key: 'name',
      title: t('name'),
      width: 360,
      render: (conversation) => <ConversationName conversation={conversation} />,
    },
    { key: 'kind', title: t('kindTitle'), width: 90, render: ({ kind }) => t(`kind.${kind}`) },
    { key: 'people', title: t('people'), render: ({ people }) => <PeopleChips people={people} /> },
    {
      key: 'messages',
      title: t('messages'),
      width: 110,
      align: 'right',
      render: ({ messages }) => messages.toLocaleString(),
    },
    { key: 'last', title: t('last'), width: 140, render: ({ last_message_at: at }) => <TimeText at={at} /> },
    {
      key: 'first',
      title: t('first'),
      width: 140,
      hidden: true,
      render: ({ first_message_at: at }) => <TimeText at={at} />,
    },
    {
      key: 'chat_id',
      title: t('chatId'),
      width: 280,
      hidden: true,
      render: ({ chat_id }) => (chat_id ? <code>{chat_id}</code> : '–'),
    },
  ];
}
