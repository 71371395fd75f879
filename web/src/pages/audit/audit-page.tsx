import { useTranslation } from 'react-i18next';
import { listOf, useCan } from '../../api';
import { PageHeader } from '../../components/page-header';
import { QueryTable } from '../../components/query-table';
import { EventDrawer, EventTitle } from './event-drawer';
import { ExportButton } from './export-button';
import { Trust } from './trust';
import { useAuditColumns } from './use-audit-columns';
import { useAuditFilters } from './use-audit-filters';
import { VerifyButton } from './verify-button';

const source = listOf('/audit-events');
const results = ['ok', 'refused', 'failed'] as const;

function Actions() {
  const mayExport = useCan('audit:export');
  return (
    <>
      {mayExport && <ExportButton />}
      <VerifyButton />
    </>
  );
}

/** Who did what, from where, and how it ended; and whether anybody changed the record of it. */
export function AuditPage() {
  const { t } = useTranslation('audit');
  return (
    <>
      <PageHeader title={t('title')} actions={<Actions />} />
      <Trust />
      <QueryTable
        id="audit"
        source={source}
        rowKey={({ id }) => id}
        tabs={{
          kind: 'choice',
          key: 'result',
          label: t('result'),
          options: results.map((value) => ({ value, label: t(`resultName.${value}`) })),
        }}
        filters={useAuditFilters()}
        columns={useAuditColumns()}
        drawer={{
          width: 560,
          title: (id) => <EventTitle id={Number(id)} />,
          content: (id) => <EventDrawer key={id} id={Number(id)} />,
        }}
        empty={{ title: t('empty'), hint: t('emptyHint') }}
      />
    </>
  );
}
