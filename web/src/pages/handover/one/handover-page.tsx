import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { useCan } from '../../../api';
import { useHandover } from '../../../api/handovers';
import { FaultNote } from '../../../components/fault-note';
import { Loading } from '../../../components/loading';
import { NoAccess } from '../../../components/no-access';
import { PageHeader } from '../../../components/page-header';
import { Panel } from '../../../components/panel';
import { Ledger } from './ledger';
import { PlanEditor } from './plan-editor';

/** One handover: while it is a draft it is put right here, and then watched until everybody has arrived. */
export function HandoverPage() {
  const { id = '' } = useParams();
  return useCan('handovers:read') ? <Opened key={id} id={id} /> : <NoAccess />;
}

function Opened({ id }: { id: string }) {
  const { t } = useTranslation('handoverPlans');
  const { data, error, refetch } = useHandover(id);
  if (!data) {
    return (
      <>
        <PageHeader title={t('one')} />
        <Panel>{error ? <FaultNote error={error} onRetry={() => void refetch()} /> : <Loading rows={12} />}</Panel>
      </>
    );
  }
  const isOut = data.submitted_at !== null || data.state === 'cancelled';
  return isOut ? <Ledger plan={{ ...data, id }} /> : <PlanEditor plan={{ ...data, id }} />;
}
