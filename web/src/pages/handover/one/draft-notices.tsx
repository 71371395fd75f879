import { useTranslation } from 'react-i18next';
import { Panel } from '../../../components/panel';
import { Sentence } from '../../../components/sentence';
import { TimeText } from '../../../components/time-text';
import { ApprovalCard } from '../../approvals/approval-card';
import { useMyRequests } from '../../exports/use-exports';
import { WarningList } from '../parts/warning-list';
import styles from './one.module.css';
import type { Plan } from './types';
import { useItemFilter } from './use-item-filter';

/** What to know before the list: when it goes out by itself, who has to agree, and what to mind. */
export function DraftNotices({ plan }: { plan: Plan }) {
  const { t } = useTranslation('handoverPlans');
  const { show } = useItemFilter();
  const { scheduled_for, summary } = plan;
  return (
    <>
      {scheduled_for !== null && (
        <p className={styles.notice}>
          <strong>
            <Sentence text={t('scheduledFor')} parts={{ at: <TimeText at={scheduled_for} /> }} />
          </strong>{' '}
          <span className={styles.quiet}>{t('scheduledHint')}</span>
        </p>
      )}
      <Waiting id={plan.id} />
      {Object.keys(summary.by_warning).length > 0 && (
        <Panel title={t('warnings')}>
          <WarningList byWarning={summary.by_warning} onShow={(warning) => show({ warning })} />
        </Panel>
      )}
    </>
  );
}

/** What is too much for one person alone waits here until somebody else has agreed. */
function Waiting({ id }: { id: string }) {
  const { data } = useMyRequests();
  const waiting = (data?.items ?? []).filter(
    ({ action, state, payload }) =>
      action === 'handover.submit' && payload.id === id && (state === 'pending' || state === 'approved'),
  );
  return waiting.map((approval) => <ApprovalCard key={approval.id} approval={approval} />);
}
