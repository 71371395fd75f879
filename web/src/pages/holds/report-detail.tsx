import { useTranslation } from 'react-i18next';
import type { Run } from '../../api';
import { Facts } from '../../components/facts';
import { Note } from '../../components/note';
import { TimeText } from '../../components/time-text';
import styles from './holds.module.css';
import { reportOf } from './report';

/** What would go, or went, and what a hold keeps. */
export function ReportDetail({ run }: { run: Run }) {
  const { t } = useTranslation('holds');
  const report = reportOf(run);
  if (!report) return <Note small>{run.error ?? t('noReport')}</Note>;
  const { dry_run, messages, conversations, held, keys, oldest, newest, as_of, ids_sha256, byRule } = report;
  return (
    <div className={styles.stack}>
      <Facts
        items={[
          { label: t('asOf'), value: <TimeText at={as_of} /> },
          { label: t(dry_run ? 'due' : 'purged'), value: messages.toLocaleString() },
          ...(conversations === undefined
            ? []
            : [{ label: t('ofConversations'), value: conversations.toLocaleString() }]),
          { label: t('held'), value: held.toLocaleString() },
          ...(keys === undefined ? [] : [{ label: t('keys'), value: keys.toLocaleString() }]),
          ...(oldest ? [{ label: t('oldest'), value: <TimeText at={oldest} /> }] : []),
          ...(newest ? [{ label: t('newest'), value: <TimeText at={newest} /> }] : []),
          ...(ids_sha256 ? [{ label: t('idsHash'), value: <code>{ids_sha256}</code> }] : []),
        ]}
      />
      {byRule.length > 0 && (
        <section>
          <h3 className={styles.heading}>{t('byRule')}</h3>
          <Facts
            items={byRule.map(({ name, years, over }) => ({
              label: `${name} · ${t('yearsOf', { count: years })}`,
              value: t('dueCount', { count: over }),
            }))}
          />
        </section>
      )}
      {dry_run && <p className={styles.quiet}>{t('dryHint')}</p>}
    </div>
  );
}
