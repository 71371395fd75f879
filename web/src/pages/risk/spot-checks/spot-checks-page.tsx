import { useTranslation } from 'react-i18next';
import { listOf, useCan } from '../../../api';
import type { SpotCheck } from '../../../api/spot-checks';
import { Cut } from '../../../components/cut';
import { StaffName } from '../../../components/names';
import { NewButton, NewDialog } from '../../../components/new-form';
import { NoAccess } from '../../../components/no-access';
import { PageHeader } from '../../../components/page-header';
import { type QueryColumn, QueryTable, staffFilter } from '../../../components/query-table';
import { TimeText } from '../../../components/time-text';
import { spotCheckPath } from '../../../lib/paths';
import { AskForm } from './ask-form';
import { CheckState } from './check-state';
import { CheckedConversation } from './checked-conversation';

const source = listOf('/spot-checks');
const states = ['open', 'matches', 'missing_on_device'] as const;

/** Conversations on devices held against the archive, newest first. */
export function SpotChecksPage() {
  const { t } = useTranslation('spotChecks');
  const may = useCan('spot_checks:run');
  const columns = useColumns();
  if (!may) return <NoAccess />;
  return (
    <>
      <PageHeader title={t('title')} note={t('note')} actions={<NewButton>{t('ask')}</NewButton>} />
      <QueryTable
        id="spot-checks"
        source={source}
        rowKey={({ id }) => id}
        tabs={{
          ...{ kind: 'choice', key: 'state', label: t('stateTitle') },
          options: states.map((value) => ({ value, label: t(`state.${value}`) })),
        }}
        filters={[staffFilter('userid', t('staff'))]}
        columns={columns}
        href={({ id }) => spotCheckPath(id)}
        empty={{ title: t('empty'), hint: t('emptyHint') }}
      />
      <NewDialog title={t('ask')}>{(close) => <AskForm onClose={close} />}</NewDialog>
    </>
  );
}

function useColumns(): QueryColumn<SpotCheck>[] {
  const { t } = useTranslation('spotChecks');
  return [
    { key: 'asked_at', title: t('askedAt'), width: 140, render: ({ asked_at }) => <TimeText at={asked_at} /> },
    { key: 'userid', title: t('staff'), width: 160, render: ({ userid }) => <StaffName userid={userid} /> },
    { key: 'conversation_id', title: t('conversation'), render: (check) => <CheckedConversation {...check} /> },
    { key: 'how', title: t('how'), width: 100, render: ({ how }) => t(`howOf.${how}`) },
    { key: 'state', title: t('stateTitle'), width: 140, render: ({ state }) => <CheckState state={state} /> },
    {
      key: 'asked_by',
      title: t('askedBy'),
      width: 160,
      render: ({ asked_by: { actor, name } }) => <Cut text={name ?? actor} />,
    },
    { key: 'note', title: t('resultNote'), width: 240, render: ({ result }) => <Cut text={result?.note ?? '–'} /> },
  ];
}
