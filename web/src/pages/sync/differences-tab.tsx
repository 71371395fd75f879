import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { api, type Difference, listOf } from '../../api';
import { Cut } from '../../components/cut';
import { type ChoiceFilter, type QueryColumn, type QueryFilter, QueryTable } from '../../components/query-table';
import { DifferenceStateTag } from '../../components/states';
import { TimeText } from '../../components/time-text';
import { DifferenceAbout } from './difference-about';
import { DifferenceDetails } from './difference-drawer';
import { useDifferenceWords, useExplanation } from './words';

const states = ['unconfirmed', 'confirmed', 'held', 'withdrawn', 'applied'] as const;
const kinds = [
  'relation_missing',
  'relation_appeared',
  'relation_changed',
  'relations_shrank',
  'contact_changed',
  'staff_changed',
  'staff_departed',
  'staff_unreadable',
  'group_chat_missing',
  'group_chat_changed',
  'group_chat_members_changed',
  'corp_tag_changed',
] as const;

/** Where our copy and WeCom disagreed: of one run, or of all. */
export function DifferencesTab({ run }: { run: string | undefined }) {
  const { t } = useTranslation('sync');
  const { t: ts } = useTranslation('states');
  const wordsOf = useDifferenceWords();
  const tabs: ChoiceFilter<'state'> = {
    kind: 'choice',
    key: 'state',
    label: t('state'),
    options: states.map((value) => ({ value, label: ts(`difference.${value}`) })),
  };
  const filters: QueryFilter<'kind'>[] = [
    {
      kind: 'choice',
      key: 'kind',
      label: t('difference'),
      options: kinds.map((value) => ({ value, label: wordsOf(value) })),
    },
  ];
  return (
    <QueryTable<Difference, 'state' | 'kind'>
      key={run ?? ''}
      id="differences"
      source={run ? listOf('/reconciliation-runs/{id}/differences', { id: run }) : listOf('/differences')}
      rowKey={(difference) => String(difference.id)}
      tabs={tabs}
      filters={filters}
      extra={run && <RunChip />}
      columns={useDifferenceColumns()}
      drawer={{
        title: (_id, row) => row && wordsOf(row.kind),
        content: (_id, row) => row && <DifferenceDetails difference={row} />,
      }}
      empty={useEmptyWords()}
    />
  );
}

/** Nothing found means something only after a reconciliation. */
function useEmptyWords() {
  const { t } = useTranslation('sync');
  const last = api.useQuery('get', '/reconciliation-runs', { params: { query: { limit: 1 } } });
  const never = last.data?.items.length === 0;
  return {
    title: t(never ? 'neverReconciled' : 'emptyDifferences'),
    hint: t(never ? 'neverReconciledHint' : 'emptyDifferencesHint'),
  };
}

function RunChip() {
  const { t } = useTranslation('sync');
  const [, setParams] = useSearchParams();
  return (
    <Tag closable onClose={() => setParams({ tab: 'differences' })}>
      {t('ofRun')}
    </Tag>
  );
}

function useDifferenceColumns(): QueryColumn<Difference>[] {
  const { t } = useTranslation('sync');
  const wordsOf = useDifferenceWords();
  const explain = useExplanation();
  return [
    { key: 'kind', title: t('difference'), width: 230, render: (row) => <Cut text={wordsOf(row.kind)} /> },
    { key: 'about', title: t('who'), width: 280, render: (row) => <DifferenceAbout difference={row} /> },
    { key: 'state', title: t('state'), width: 140, render: (row) => <DifferenceStateTag state={row.state} /> },
    {
      key: 'explanation',
      title: t('explanation'),
      render: (row) => <Cut text={explain(row)} />,
    },
    { key: 'found_at', title: t('foundAt'), width: 130, render: (row) => <TimeText at={row.found_at} /> },
    {
      key: 'settled_at',
      title: t('settledAt'),
      width: 130,
      hidden: true,
      render: (row) => <TimeText at={row.settled_at} />,
    },
  ];
}
