import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { GroupChat } from '../../api';
import { Cut } from '../../components/cut';
import { Person } from '../../components/person';
import type { QueryColumn } from '../../components/query-table';
import { GroupChatStateTag } from '../../components/states';
import { TimeText } from '../../components/time-text';
import { groupChatPath } from '../../lib/paths';
import { OwnershipTag } from './ownership-tag';

export function useChatColumns(): QueryColumn<GroupChat>[] {
  const { t } = useTranslation('groupChats');
  return [
    { key: 'name', title: t('name'), render: (chat) => <Name chat={chat} /> },
    {
      key: 'owner',
      title: t('owner'),
      width: 190,
      render: ({ owner, owner_name }) => <Person id={owner} name={owner_name} size={20} />,
    },
    { key: 'state', title: t('state'), width: 130, render: ({ state }) => <GroupChatStateTag state={state} /> },
    { key: 'status', title: t('ownerStatus'), width: 130, render: ({ status }) => <OwnershipTag status={status} /> },
    {
      key: 'member_count',
      title: t('memberCount'),
      width: 100,
      align: 'right',
      render: ({ member_count }) => member_count,
    },
    {
      key: 'external_count',
      title: t('externalCount'),
      width: 100,
      align: 'right',
      render: ({ external_count }) => external_count,
    },
    { key: 'created_at', title: t('createdAt'), width: 130, render: ({ created_at }) => <TimeText at={created_at} /> },
    {
      key: 'dismissed_at',
      title: t('dismissedAt'),
      width: 130,
      hidden: true,
      render: ({ dismissed_at }) => <TimeText at={dismissed_at} />,
    },
    {
      key: 'notice',
      title: t('notice'),
      width: 240,
      hidden: true,
      render: ({ notice }) => (notice ? <Cut text={notice} /> : '–'),
    },
    { key: 'chat_id', title: t('chatId'), width: 280, hidden: true, render: ({ chat_id }) => <Cut text={chat_id} /> },
    {
      key: 'updated_at',
      title: t('updatedAt'),
      width: 130,
      hidden: true,
      render: ({ updated_at }) => <TimeText at={updated_at} />,
    },
  ];
}

function Name({ chat: { chat_id, name } }: { chat: GroupChat }) {
  const { t } = useTranslation('groupChats');
  return (
    <Link to={groupChatPath(chat_id)} onClick={(event) => event.stopPropagation()}>
      <Cut text={name || t('unnamed')} />
    </Link>
  );
}
