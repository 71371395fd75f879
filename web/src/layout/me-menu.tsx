import { LogoutOutlined, SafetyOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { signOut, type Viewer } from '../api';
import { Cut } from '../components/cut';
import { Avatar } from '../components/person';
import { useWord } from '../lib/use-word';
import styles from './top-bar.module.css';

export function MeMenu({ viewer }: { viewer: Viewer }) {
  const { t } = useTranslation('shell');
  const { t: tc } = useTranslation();
  const wordOf = useWord('shell');
  const navigate = useNavigate();
  const roles = viewer.roles
    .map((role) => wordOf(`role.${role}`) ?? viewer.role_names[role] ?? role)
    .join(tc('listSeparator'));
  const leave = async () => {
    const isOver = await signOut();
    await navigate(isOver ? '/sign-in' : '/sign-in?refused=leaving', { replace: true });
  };
  const head = (
    <span className={styles.meHead}>
      <Cut text={viewer.name} />
      <span className={styles.quiet}>{roles}</span>
    </span>
  );
  return (
    <Dropdown
      trigger={['click']}
      placement="bottomRight"
      menu={{
        items: [
          { key: 'me', type: 'group', label: head },
          { type: 'divider' },
          { key: 'account', icon: <SafetyOutlined />, label: t('myAccount'), onClick: () => void navigate('/account') },
          { key: 'leave', icon: <LogoutOutlined />, label: t('signOut'), onClick: () => void leave() },
        ],
      }}
    >
      <Button type="text" className={styles.me ?? ''} aria-label={t('me')}>
        <Avatar id={viewer.name} name={viewer.name} size={24} />
        <Cut text={viewer.name} />
      </Button>
    </Dropdown>
  );
}
