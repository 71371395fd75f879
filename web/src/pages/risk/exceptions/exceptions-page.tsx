import { useTranslation } from 'react-i18next';
import { listOf, useCan } from '../../../api';
import type { DetectorException } from '../../../api/risk';
import { Cut } from '../../../components/cut';
import { StaffName } from '../../../components/names';
import { NewButton, NewDialog } from '../../../components/new-form';
import { NoAccess } from '../../../components/no-access';
import { PageHeader } from '../../../components/page-header';
import { type QueryColumn, QueryTable } from '../../../components/query-table';
import { StateTag } from '../../../components/state-tag';
import { TimeText } from '../../../components/time-text';
import { ContactLink } from '../../findings/contact-link';
import { ExceptionDetail } from './exception-detail';
import { ExceptionForm } from './exception-form';

const source = listOf('/findings/exceptions');

/** Whom detectors leave alone for a while, by two people's word. */
export function ExceptionsPage() {
  const { t } = useTranslation('exceptions');
  const may = useCan('findings:except');
  const columns = useColumns();
  if (!may) return <NoAccess />;
  return (
    <>
      <PageHeader title={t('title')} note={t('note')} actions={<NewButton>{t('create')}</NewButton>} />
      <QueryTable
        id="exceptions"
        source={source}
        rowKey={({ id }) => id}
        tabs={{
          ...{ kind: 'choice', key: 'state', label: t('stateTitle') },
          options: (['active', 'over'] as const).map((value) => ({ value, label: t(`state.${value}`) })),
        }}
        columns={columns}
        drawer={{ title: () => t('one'), content: (_, row) => row && <ExceptionDetail key={row.id} exception={row} /> }}
        empty={{ title: t('empty'), hint: t('emptyHint') }}
      />
      <NewDialog title={t('create')}>{(close) => <ExceptionForm onClose={close} />}</NewDialog>
    </>
  );
}

function useColumns(): QueryColumn<DetectorException>[] {
  const { t } = useTranslation('exceptions');
  return [
    {
      ...{ key: 'userid', title: t('staff'), width: 160 },
      render: ({ userid }) => (userid === null ? t('anyStaff') : <StaffName userid={userid} />),
    },
    {
      ...{ key: 'external_userid', title: t('contact'), width: 180 },
      render: ({ external_userid }) =>
        external_userid === null ? t('anyContact') : <ContactLink id={external_userid} />,
    },
    { key: 'reason', title: t('reason'), render: ({ reason }) => <Cut text={reason} /> },
    {
      ...{ key: 'state', title: t('stateTitle'), width: 110 },
      render: ({ state }) => (
        <StateTag tone={state === 'active' ? 'person' : 'neutral'}>{t(`state.${state}`)}</StateTag>
      ),
    },
    { key: 'expires_at', title: t('expires'), width: 140, render: ({ expires_at }) => <TimeText at={expires_at} /> },
    {
      ...{ key: 'suppressed', title: t('suppressed'), width: 130, align: 'right' },
      render: ({ suppressed }) => suppressed.toLocaleString(),
    },
  ];
}
