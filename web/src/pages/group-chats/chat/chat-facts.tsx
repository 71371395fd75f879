import { Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { GroupChatDetail } from '../../../api';
import { Facts } from '../../../components/facts';
import { StaffName } from '../../../components/names';
import { Person } from '../../../components/person';
import { GroupChatStateTag } from '../../../components/states';
import { TimeText } from '../../../components/time-text';
import { staffPath } from '../../../lib/paths';
import { OwnershipTag } from '../ownership-tag';

export function ChatFacts({ chat }: { chat: GroupChatDetail }) {
  const { t } = useTranslation('groupChats');
  return (
    <Facts
      items={[
        { label: t('state'), value: <GroupChatStateTag state={chat.state} /> },
        {
          label: t('owner'),
          value: <Person id={chat.owner} name={chat.owner_name} to={staffPath(chat.owner)} size={20} />,
        },
        { label: t('ownerStatus'), value: <OwnershipTag status={chat.status} /> },
        { label: t('admins'), value: chat.admins.length > 0 && <Admins userids={chat.admins} /> },
        { label: t('createdAt'), value: <TimeText at={chat.created_at} /> },
        { label: t('dismissedAt'), value: chat.dismissed_at && <TimeText at={chat.dismissed_at} /> },
        { label: t('updatedAt'), value: <TimeText at={chat.updated_at} /> },
        {
          label: t('chatId'),
          value: <Typography.Text copyable>{chat.chat_id}</Typography.Text>,
        },
      ].map((fact) => ({ ...fact, value: fact.value || null }))}
    />
  );
}

const Admins = ({ userids }: { userids: string[] }) => (
  <ul>
    {userids.map((userid) => (
      <li key={userid}>
        <Link to={staffPath(userid)}>
          <StaffName userid={userid} />
        </Link>
      </li>
    ))}
  </ul>
);
