import { App as Messages } from 'antd';
import { useTranslation } from 'react-i18next';
import { Outlet, useLocation } from 'react-router';
import type { Viewer } from '../api';
import { NoAccess } from '../components/no-access';
import { SecondPersonDialog } from '../components/second-person';
import { StepUpDialog } from '../components/step-up';
import styles from './console-layout.module.css';
import { KeyHelp } from './key-help';
import { entryOf, mayOpen } from './nav';
import { Rail } from './rail';
import { SessionGate } from './session-gate';
import { TopBar } from './top-bar';

/** Bar, rail and the page between them, for a reader who is signed in. */
export function ConsoleLayout() {
  return (
    <Messages message={{ maxCount: 3 }}>
      <SessionGate>{(viewer) => <Frame viewer={viewer} />}</SessionGate>
    </Messages>
  );
}

function Frame({ viewer }: { viewer: Viewer }) {
  const { t } = useTranslation('shell');
  return (
    <>
      <a className={styles.skip} href="#content">
        {t('skip')}
      </a>
      <TopBar viewer={viewer} />
      <div className={styles.frame}>
        <Rail viewer={viewer} />
        <main id="content" className={styles.content} tabIndex={-1}>
          <Room viewer={viewer} />
        </main>
      </div>
      <KeyHelp />
      <SecondPersonDialog />
      <StepUpDialog />
    </>
  );
}

/** The page, or a sentence for whoever came by an address that is not for their roles. */
function Room({ viewer }: { viewer: Viewer }) {
  const entry = entryOf(useLocation().pathname);
  return entry && !mayOpen(entry, viewer.permissions) ? <NoAccess /> : <Outlet />;
}
