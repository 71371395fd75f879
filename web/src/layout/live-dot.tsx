import { ApiOutlined, DisconnectOutlined, LoadingOutlined } from '@ant-design/icons';
import { Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { useLiveState } from '../api';
import styles from './top-bar.module.css';

const looks = {
  open: { text: 'liveOpen', icon: <ApiOutlined />, style: styles.open },
  connecting: { text: 'liveConnecting', icon: <LoadingOutlined />, style: '' },
  lost: { text: 'liveLost', icon: <DisconnectOutlined />, style: styles.lost },
} as const;

/** Whether the page is kept current by the server. Holds the live connection open while it is on screen. */
export function LiveDot() {
  const { t } = useTranslation('shell');
  const { text, icon, style } = looks[useLiveState()];
  return (
    <Tooltip title={t(text)}>
      <span className={`${styles.dot} ${style}`} role="status" aria-label={t(text)}>
        {icon}
      </span>
    </Tooltip>
  );
}
