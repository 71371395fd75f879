import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Finding } from '../../api/findings';
import { Note } from '../../components/note';
import { Panel } from '../../components/panel';
import { AgeText, TimeText } from '../../components/time-text';
import { findingPath } from '../../lib/paths';
import { SeverityTag } from '../findings/finding-tags';
import { WhatHappened } from '../findings/what-happened';
import styles from './risk.module.css';

interface Props {
  findings: Finding[];
}

/** What came in last of what must not wait. */
export function Newest({ findings }: Props) {
  const { t } = useTranslation('risk');
  return (
    <Panel title={t('newest')} extra={<Link to="/findings?state=open">{t('all')}</Link>} flush>
      {findings.length === 0 && (
        <Note title={t('newestEmpty')} small>
          {t('newestEmptyHint')}
        </Note>
      )}
      <ShortList findings={findings} when={({ occurred_at }) => <TimeText at={occurred_at} />} />
    </Panel>
  );
}

/** Whoever waits longest. */
export function Waiting({ findings }: Props) {
  const { t } = useTranslation('risk');
  return (
    <Panel title={t('waiting')} flush>
      {findings.length === 0 && (
        <Note title={t('waitingEmpty')} small>
          {t('waitingEmptyHint')}
        </Note>
      )}
      <ShortList findings={findings} when={({ detected_at }) => <AgeText at={detected_at} />} />
    </Panel>
  );
}

function ShortList({ findings, when }: { findings: Finding[]; when(finding: Finding): React.ReactNode }) {
  return (
    <ul>
      {findings.map((finding) => (
        <li key={finding.id}>
          <Link className={styles.line} to={findingPath(finding.id)}>
            <SeverityTag severity={finding.severity} />
            <span className={styles.lineWords}>
              <WhatHappened finding={finding} />
            </span>
            <span className={styles.quiet}>{when(finding)}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
