import { Button, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useCan } from '../../api';
import { FaultNote } from '../../components/fault-note';
import { Loading } from '../../components/loading';
import { NoAccess } from '../../components/no-access';
import { Note } from '../../components/note';
import { PageHeader } from '../../components/page-header';
import { ApprovalCard } from '../approvals/approval-card';
import { ExportCard } from './export-card';
import { ExportForm } from './export-form';
import styles from './exports.module.css';
import { useExports, useMyRequests } from './use-exports';
import { Verifier } from './verifier';

/** What the reader takes away: asked for, agreed to, made, fetched within a day, and checked without this system. */
export function ExportsPage() {
  return useCan('archive:export') ? <Exports /> : <NoAccess />;
}

function Exports() {
  const { t } = useTranslation('archiveExports');
  const [params, setParams] = useSearchParams();
  const close = () => setParams({}, { replace: true });
  const begin = (
    <Button type="primary" onClick={() => setParams({ new: '1' })}>
      {t('start')}
    </Button>
  );
  return (
    <>
      <PageHeader title={t('title')} note={t('note')} actions={begin} />
      <div className={styles.columns}>
        <div className={styles.stack}>
          <Waiting />
          <List />
        </div>
        <Verifier />
      </div>
      <Modal open={params.has('new')} onCancel={close} footer={null} destroyOnHidden width={600} title={t('start')}>
        <ExportForm params={params} onClose={close} />
      </Modal>
    </>
  );
}

/** What is too much for one person alone waits here until somebody else has agreed. */
function Waiting() {
  const { t } = useTranslation('archiveExports');
  const { data } = useMyRequests();
  const waiting = (data?.items ?? []).filter(
    ({ action, state }) => action === 'archive.export' && (state === 'pending' || state === 'approved'),
  );
  if (waiting.length === 0) return null;
  return (
    <>
      <h2 className={styles.heading}>{t('waiting')}</h2>
      {waiting.map((approval) => (
        <ApprovalCard key={approval.id} approval={approval} />
      ))}
    </>
  );
}

function List() {
  const { t } = useTranslation('archiveExports');
  const { data, error, refetch } = useExports();
  if (!data) return error ? <FaultNote error={error} onRetry={() => void refetch()} /> : <Loading rows={6} />;
  if (data.items.length === 0) return <Note title={t('empty')}>{t('emptyHint')}</Note>;
  return (
    <>
      <h2 className={styles.heading}>{t('made')}</h2>
      {data.items.map((one) => (
        <ExportCard key={one.id} one={one} />
      ))}
      {data.next_cursor !== null && <p className={styles.quiet}>{t('older')}</p>}
    </>
  );
}
