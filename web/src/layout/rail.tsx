import { MenuFoldOutlined, MenuUnfoldOutlined } from '@ant-design/icons';
import { Tooltip } from 'antd';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink, useMatch } from 'react-router';
import { useWaitingApprovals, type Viewer } from '../api';
import { usePreferences } from '../preferences';
import { hasEntriesBelow, mayOpen, type NavEntry, navigation } from './nav';
import styles from './rail.module.css';

/** Where the reader can go; collapses to icons. */
export function Rail({ viewer }: { viewer: Viewer }) {
  const { t } = useTranslation('shell');
  const collapsed = usePreferences((preferences) => preferences.railCollapsed);
  const groups = navigation
    .map((group) => ({ ...group, entries: group.entries.filter((entry) => mayOpen(entry, viewer.permissions)) }))
    .filter(({ entries }) => entries.length > 0);
  return (
    <nav className={`${styles.rail} ${collapsed ? styles.collapsed : ''}`} aria-label={t('navigation')}>
      <div className={styles.groups}>
        {groups.map(({ label, entries }) => (
          <div key={label} className={styles.group}>
            {entries.length > 1 && <h2 className={styles.groupName}>{t(label as 'groupData')}</h2>}
            <ul>
              {entries.map((entry) => (
                <li key={entry.path}>
                  <Entry entry={entry} collapsed={collapsed} />
                </li>
              ))}
            </ul>
          </div>
        ))}
      </div>
      <Collapse collapsed={collapsed} />
    </nav>
  );
}

function Entry({ entry, collapsed }: { entry: NavEntry; collapsed: boolean }) {
  const { t } = useTranslation('shell');
  const label = t(entry.label as 'overview');
  const end = hasEntriesBelow(entry.path);
  const link = useRef<HTMLAnchorElement>(null);
  const isOpen = useMatch({ path: entry.path, end }) !== null;
  // There are more rooms than many windows have room for: the one that is open is in sight.
  useEffect(() => {
    if (isOpen) link.current?.scrollIntoView({ block: 'nearest' });
  }, [isOpen]);
  return (
    <Tooltip title={collapsed ? label : ''} placement="right">
      <NavLink
        ref={link}
        to={entry.path}
        end={end}
        aria-label={label}
        className={({ isActive }) => `${styles.entry} ${isActive ? styles.active : ''}`}
      >
        <span className={styles.icon}>{entry.icon}</span>
        <span className={styles.label}>{label}</span>
        {entry.counts && <Waiting />}
      </NavLink>
    </Tooltip>
  );
}

/** How many requests wait for the reader. */
function Waiting() {
  const { t } = useTranslation('shell');
  const count = useWaitingApprovals();
  if (count === 0) return null;
  return (
    <span className={styles.count} title={t('waiting', { count })}>
      {count > 99 ? '99+' : count}
    </span>
  );
}

function Collapse({ collapsed }: { collapsed: boolean }) {
  const { t } = useTranslation('shell');
  const set = usePreferences((preferences) => preferences.set);
  const label = t(collapsed ? 'expand' : 'collapse');
  return (
    <button
      type="button"
      className={`${styles.entry} ${styles.collapse}`}
      aria-label={label}
      title={label}
      onClick={() => set({ railCollapsed: !collapsed })}
    >
      <span className={styles.icon}>{collapsed ? <MenuUnfoldOutlined /> : <MenuFoldOutlined />}</span>
      <span className={styles.label}>{label}</span>
    </button>
  );
}
