import { ContactsOutlined, TeamOutlined } from '@ant-design/icons';
import { Button, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api, type Staff } from '../../api';
import { Facts } from '../../components/facts';
import { FaultNote } from '../../components/fault-note';
import { Loading } from '../../components/loading';
import { StaffName } from '../../components/names';
import { Note } from '../../components/note';
import { StaffStatusTag } from '../../components/states';
import { TimeText } from '../../components/time-text';
import { staffPath } from '../../lib/paths';
import { DepartmentList } from './department-list';
import { Follows } from './follows';
import styles from './staff.module.css';

interface Props {
  userid: string;
  /** Missing when a link led here and the member is not on this page of the list. */
  row: Staff | undefined;
}

export function StaffDrawer({ userid, row }: Props) {
  const { t } = useTranslation('staff');
  const query = { params: { query: { q: userid, limit: 20 } } };
  const found = api.useQuery('get', '/staff', query, { enabled: !row });
  const staff = row ?? found.data?.items.find((one) => one.userid === userid);
  if (staff) return <Content staff={staff} />;
  if (found.isPending) return <Loading rows={8} />;
  if (found.error) return <FaultNote error={found.error} onRetry={() => void found.refetch()} small />;
  return <Note small>{t('notFound', { userid })}</Note>;
}

function Content({ staff }: { staff: Staff }) {
  const { t } = useTranslation('staff');
  const of = `=${encodeURIComponent(staff.userid)}`;
  return (
    <>
      <div className={styles.actions}>
        <Link to={`/external-contacts?userid${of}`}>
          <Button icon={<ContactsOutlined />}>{t('contacts')}</Button>
        </Link>
        <Link to={`/group-chats?owner${of}`}>
          <Button icon={<TeamOutlined />}>{t('chats')}</Button>
        </Link>
      </div>
      <Facts
        items={[
          { label: t('status'), value: <StaffStatusTag status={staff.status} /> },
          { label: t('departedAt'), value: staff.departed_at && <TimeText at={staff.departed_at} /> },
          { label: t('name'), value: staff.name && <bdi>{staff.name}</bdi> },
          { label: t('userid'), value: <Typography.Text copyable>{staff.userid}</Typography.Text> },
          { label: t('alias'), value: staff.alias && <bdi>{staff.alias}</bdi> },
          { label: t('position'), value: staff.position && <bdi>{staff.position}</bdi> },
          { label: t('department'), value: <DepartmentList staff={staff} wrap /> },
          { label: t('directLeaders'), value: <Superiors userids={staff.direct_leaders} /> },
          { label: t('followsExternal'), value: <Follows staff={staff} /> },
          { label: t('updatedAt'), value: <TimeText at={staff.updated_at} /> },
        ]}
      />
    </>
  );
}

function Superiors({ userids }: { userids: string[] }) {
  if (userids.length === 0) return '–';
  return (
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
}
