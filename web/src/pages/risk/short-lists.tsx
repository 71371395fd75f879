import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Finding, OpenFindings } from '../../api/findings';
import { Note } from '../../components/note';
import { Panel } from '../../components/panel';
import { AgeText, TimeText } from '../../components/time-text';
import { SeverityTag } from '../findings/finding-tags';
import { WhatHappened } from '../findings/what-happened';
import styles from './risk.module.css';

const listed = 6;
const newestFirst = (a: Finding, b: Finding): number => b.detected_at.localeCompare(a.detected_at);

/** What came in last of what must not wait. */
export function Newest({ open }: { open: OpenFindings }) {
  const { t } = useTranslation('risk');
  const newest = [...open.critical.items, ...open.high.items].sort(newestFirst).slice(0, listed);
  return (
    <Panel title={t('newest')} extra={<Link to="/findings?state=open">{t('all')}</Link>} flush>
      {newest.length === 0 && (
        <Note title={t('newestEmpty')} small>
          {t('newestEmptyHint')}
        </Note>
      )}
      <ShortList findings={newest} when={({ occurred_at }) => <TimeText at={occurred_at} />} />
    </Panel>
  );
}

/** Whoever waits longest; not told where there are too many to know. */
export function Waiting({ open }: { open: OpenFindings }) {
  const { t } = useTranslation('risk');
  const read = [open.critical, open.high, open.medium];
  const all = read.flatMap(({ items }) => items).sort(newestFirst);
  const isKnown = read.every(({ isAll }) => isAll);
  return (
    <Panel title={t('waiting')} flush>
      {!isKnown && <Note small>{t('waitingCut')}</Note>}
      {isKnown && all.length === 0 && (
        <Note title={t('waitingEmpty')} small>
          {t('waitingEmptyHint')}
        </Note>
      )}
      {isKnown && (
        <ShortList findings={all.slice(-listed).reverse()} when={({ detected_at }) => <AgeText at={detected_at} />} />
      )}
    </Panel>
  );
}

function ShortList({ findings, when }: { findings: Finding[]; when(finding: Finding): React.ReactNode }) {
  return (
    <ul>
      {findings.map((finding) => (
        <li key={finding.id}>
          <Link className={styles.line} to={`/findings/${encodeURIComponent(finding.id)}`}>
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
