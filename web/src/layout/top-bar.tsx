import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Viewer } from '../api';
import { Bell } from './bell';
import { LiveDot } from './live-dot';
import { MeMenu } from './me-menu';
import { RunningWork } from './running-work';
import { LanguageSwitch, ThemeSwitch } from './switches';
import styles from './top-bar.module.css';

export function TopBar({ viewer }: { viewer: Viewer }) {
  const { t } = useTranslation();
  return (
    <header className={styles.bar}>
      <Link to="/" className={styles.brand}>
        <img src="/favicon.svg" alt="" width={22} height={22} />
        {t('product')}
      </Link>
      <div className={styles.tools}>
        {viewer.permissions.includes('inbox:read') && <LiveDot />}
        {viewer.permissions.includes('runs:read') && <RunningWork />}
        <Bell />
        <LanguageSwitch />
        <ThemeSwitch />
        <MeMenu viewer={viewer} />
      </div>
    </header>
  );
}
