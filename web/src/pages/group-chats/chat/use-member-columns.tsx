import type { TableColumnsType } from 'antd';
import { useTranslation } from 'react-i18next';
import type { GroupChatDetail } from '../../../api';
import { Cut } from '../../../components/cut';
import { ExternalPerson } from '../../../components/external-person';
import { StaffName } from '../../../components/names';
import { Person } from '../../../components/person';
import { TimeText } from '../../../components/time-text';
import { staffPath } from '../../../lib/paths';
import { useWord } from '../../../lib/use-word';

export type Member = GroupChatDetail['members'][number];
type Role = 'owner' | 'admin' | 'staff' | 'external';

export function useMemberColumns(chat: GroupChatDetail): TableColumnsType<Member> {
  const { t } = useTranslation('groupChats');
  return [
    { key: 'name', title: t('member'), ellipsis: true, render: (_, member) => <MemberPerson member={member} /> },
    {
      key: 'role',
      title: t('role'),
      width: 92,
      ellipsis: true,
      render: (_, member) => t(`roles.${roleOf(chat, member)}`),
    },
    {
      key: 'join_scene',
      title: t('joinSceneTitle'),
      ellipsis: true,
      render: (_, member) => <JoinScene member={member} />,
    },
    {
      key: 'joined_at',
      title: t('joinedAt'),
      width: 136,
      ellipsis: true,
      defaultSortOrder: null,
      sorter: (a, b) => (a.joined_at ?? '').localeCompare(b.joined_at ?? ''),
      render: (_, { joined_at }) => <TimeText at={joined_at} />,
    },
  ];
}

const roleOf = ({ owner }: GroupChatDetail, { userid, type, is_admin }: Member): Role => {
  if (userid === owner) return 'owner';
  return is_admin ? 'admin' : type;
};

/** The name in the group in grey, where it differs. */
function MemberPerson({ member: { userid, name, nickname, type } }: { member: Member }) {
  const detail = nickname && nickname !== name ? nickname : null;
  if (type === 'staff') return <Person id={userid} name={name} detail={detail} to={staffPath(userid)} size={20} />;
  return <ExternalPerson contact={{ external_userid: userid, name: name || null, corp_name: detail }} size={20} />;
}

/** How the member came, and who invited if a colleague did. */
function JoinScene({ member: { join_scene, invitor } }: { member: Member }) {
  const { t } = useTranslation('groupChats');
  const wordOf = useWord('groupChats');
  const scene = join_scene ? (wordOf(`joinScene.${join_scene}`) ?? t('joinSceneUnknown', { code: join_scene })) : '–';
  if (!invitor) return <Cut text={scene} />;
  return (
    <Cut text={`${scene} · ${t('invitor')} ${invitor}`}>
      {scene} · <StaffName userid={invitor} />
    </Cut>
  );
}
