import { Tabs } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { api, useWaitingApprovals } from '../../api';
import { FaultNote } from '../../components/fault-note';
import { Loading } from '../../components/loading';
import { Note } from '../../components/note';
import { PageHeader } from '../../components/page-header';
import { ApprovalCard } from './approval-card';
import styles from './approvals.module.css';

const views = ['waiting', 'mine', 'decided'] as const;
type View = (typeof views)[number];

/** Acts that need a second person: those that wait for the reader, the reader's own, and what was decided. */
export function ApprovalsPage() {
  const { t } = useTranslation('approvals');
  const [params, setParams] = useSearchParams();
  const view = views.find((one) => one === params.get('view')) ?? 'waiting';
  const waiting = useWaitingApprovals();
  const labels = {
    waiting: waiting ? `${t('waiting')} ${waiting}` : t('waiting'),
    mine: t('mine'),
    decided: t('decided'),
  };
  return (
    <>
      <PageHeader title={t('title')} note={t('note')} />
      <Tabs
        activeKey={view}
        onChange={(next) => setParams({ view: next })}
        items={views.map((key) => ({ key, label: labels[key] }))}
      />
      <List key={view} view={view} />
    </>
  );
}

function List({ view }: { view: View }) {
  const { t } = useTranslation('approvals');
  const query = { view, limit: 100 };
  const { data, error, refetch } = api.useQuery('get', '/approvals', { params: { query } });
  if (error && !data) return <FaultNote error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading rows={6} />;
  if (data.items.length === 0) return <Note title={t(`empty.${view}`)}>{t(`emptyHint.${view}`)}</Note>;
  return (
    <div className={styles.list}>
      {data.items.map((approval) => (
        <ApprovalCard key={approval.id} approval={approval} />
      ))}
      {data.next_cursor !== null && <p className={styles.quiet}>{t('older')}</p>}
    </div>
  );
}
