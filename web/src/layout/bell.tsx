import { BellOutlined } from '@ant-design/icons';
import { Badge, Button, Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { api } from '../api';

const newest = { params: { query: { limit: 1 } } };
const askAgainMs = 60_000;

/** How much I have not read yet; leads to the list. */
export function Bell() {
  const { t } = useTranslation('shell');
  const navigate = useNavigate();
  const { data } = api.useQuery('get', '/notifications', newest, { refetchInterval: askAgainMs });
  const unread = data?.unread ?? 0;
  const label = unread > 0 ? t('unread', { count: unread }) : t('noUnread');
  return (
    <Tooltip title={label}>
      <Button
        type="text"
        aria-label={label}
        icon={
          <Badge count={unread} size="small" overflowCount={99}>
            <BellOutlined />
          </Badge>
        }
        onClick={() => void navigate('/notifications')}
      />
    </Tooltip>
  );
}
