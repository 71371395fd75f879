import { useTranslation } from 'react-i18next';
import { listOf, useCan } from '../../api';
import type { Finding } from '../../api/findings';
import { Cut } from '../../components/cut';
import { StaffName } from '../../components/names';
import { NoAccess } from '../../components/no-access';
import { PageHeader } from '../../components/page-header';
import {
  type ChoiceFilter,
  contactFilter,
  type QueryColumn,
  type QueryFilter,
  QueryTable,
  staffFilter,
} from '../../components/query-table';
import { TimeText } from '../../components/time-text';
import { findingPath } from '../../lib/paths';
import { ContactLink } from './contact-link';
import { EvidenceLevelTag, FindingStateTag, findingStates, SeverityTag, severities } from './finding-tags';
import { useDetectorName, useDetectors } from './finding-words';

const source = listOf('/findings');

/** What was detected, newest first. Who opens one is recorded; the list is not. */
export function FindingsPage() {
  const { t } = useTranslation('findings');
  const may = useCan('findings:read');
  const filters = useFilters();
  const columns = useColumns();
  if (!may) return <NoAccess />;
  return (
    <>
      <PageHeader title={t('title')} note={t('note')} />
      <QueryTable
        id="findings"
        source={source}
        rowKey={({ id }) => id}
        filters={filters}
        columns={columns}
        href={({ id }) => findingPath(id)}
        empty={{ title: t('empty'), hint: t('emptyHint') }}
      />
    </>
  );
}

type Key = 'detector' | 'severity' | 'state' | 'userid' | 'external_userid';

function useFilters(): QueryFilter<Key>[] {
  const { t } = useTranslation('findings');
  const choice = <V extends string>(
    key: Key,
    label: string,
    values: readonly V[],
    wordOf: (value: V) => string,
  ): ChoiceFilter<Key> => ({
    ...{ kind: 'choice', key, label },
    options: values.map((value) => ({ value, label: wordOf(value) })),
  });
  return [
    choice('state', t('stateTitle'), findingStates, (value) => t(`state.${value}`)),
    choice('severity', t('severity'), severities, (value) => t(`severityOf.${value}`)),
    { kind: 'choice', key: 'detector', label: t('what'), options: useDetectors() },
    staffFilter('userid', t('staff')),
    contactFilter('external_userid', t('contact')),
  ];
}

function useColumns(): QueryColumn<Finding>[] {
  const { t } = useTranslation('findings');
  const nameOf = useDetectorName();
  return [
    {
      key: 'occurred_at',
      title: t('occurred'),
      width: 140,
      render: ({ occurred_at }) => <TimeText at={occurred_at} />,
    },
    {
      key: 'severity',
      title: t('severity'),
      width: 110,
      render: ({ severity }) => <SeverityTag severity={severity} />,
    },
    { key: 'detector', title: t('what'), render: ({ detector }) => <Cut text={nameOf(detector)} /> },
    {
      key: 'userid',
      title: t('staff'),
      width: 160,
      render: ({ userid }) => (userid === null ? '–' : <StaffName userid={userid} />),
    },
    {
      key: 'external_userid',
      title: t('contact'),
      width: 200,
      render: ({ external_userid }) => (external_userid === null ? '–' : <ContactLink id={external_userid} />),
    },
    {
      key: 'evidence_level',
      title: t('level'),
      width: 160,
      render: (finding) => <EvidenceLevelTag finding={finding} />,
    },
    { key: 'state', title: t('stateTitle'), width: 120, render: ({ state }) => <FindingStateTag state={state} /> },
    {
      key: 'detected_at',
      title: t('detected'),
      width: 140,
      hidden: true,
      render: ({ detected_at }) => <TimeText at={detected_at} />,
    },
  ];
}
