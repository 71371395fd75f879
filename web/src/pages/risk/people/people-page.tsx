import { useTranslation } from 'react-i18next';
import { listOf } from '../../../api';
import type { PersonRisk } from '../../../api/risk';
import { PageHeader } from '../../../components/page-header';
import { Person } from '../../../components/person';
import { type QueryColumn, QueryTable } from '../../../components/query-table';
import { personRiskPath } from '../../../lib/paths';
import { usePeriodFilter, useStandingColumns } from '../standing';

const source = listOf('/risk/people');

/** Staff by their findings. Who opens one of them is recorded; the list is not. */
export function PeoplePage() {
  const { t } = useTranslation('risk');
  const name: QueryColumn<PersonRisk> = {
    key: 'userid',
    title: t('staff'),
    width: 220,
    render: ({ userid, name: known }) => <Person id={userid} name={known} to={personRiskPath(userid)} />,
  };
  const columns = useStandingColumns<PersonRisk>(({ userid }) => `userid=${encodeURIComponent(userid)}`);
  return (
    <>
      <PageHeader title={t('people')} note={t('peopleNote')} />
      <QueryTable
        id="risk-people"
        source={source}
        rowKey={({ userid }) => userid}
        filters={[usePeriodFilter()]}
        columns={[name, ...columns]}
        href={({ userid }) => personRiskPath(userid)}
        empty={{ title: t('peopleEmpty'), hint: t('peopleEmptyHint') }}
      />
    </>
  );
}
