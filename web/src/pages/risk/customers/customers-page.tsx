import { useTranslation } from 'react-i18next';
import { listOf } from '../../../api';
import type { CustomerRisk } from '../../../api/risk';
import { externalContactPath } from '../../../components/external-person';
import { PageHeader } from '../../../components/page-header';
import { type QueryColumn, QueryTable } from '../../../components/query-table';
import { ContactLink } from '../../findings/contact-link';
import { usePeriodFilter, useStandingColumns } from '../standing';

const source = listOf('/risk/customers');

/** External contacts by the findings about them. */
export function CustomersPage() {
  const { t } = useTranslation('risk');
  const name: QueryColumn<CustomerRisk> = {
    key: 'external_userid',
    title: t('contact'),
    width: 220,
    render: ({ external_userid }) => <ContactLink id={external_userid} />,
  };
  const columns = useStandingColumns<CustomerRisk>(
    ({ external_userid }) => `external_userid=${encodeURIComponent(external_userid)}`,
  );
  return (
    <>
      <PageHeader title={t('customers')} note={t('customersNote')} />
      <QueryTable
        id="risk-customers"
        source={source}
        rowKey={({ external_userid }) => external_userid}
        filters={[usePeriodFilter()]}
        columns={[name, ...columns]}
        href={({ external_userid }) => externalContactPath(external_userid)}
        empty={{ title: t('customersEmpty'), hint: t('customersEmptyHint') }}
      />
    </>
  );
}
