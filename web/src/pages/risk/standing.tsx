import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { PersonRisk } from '../../api/risk';
import type { ChoiceFilter, QueryColumn } from '../../components/query-table';
import { TimeText } from '../../components/time-text';
import { Points } from './points';
import { SeverityBar } from './severity-bar';

type Standing = Pick<PersonRisk, 'points' | 'by_severity' | 'open' | 'last_at'>;

/** What is told of whoever is ranked by findings; the last column leads to these, by a condition on the list. */
export function useStandingColumns<T extends Standing>(findingsOf: (row: T) => string): QueryColumn<T>[] {
  const { t } = useTranslation('risk');
  return [
    { key: 'points', title: t('points'), width: 90, align: 'right', render: (row) => <Points {...row} /> },
    { key: 'by_severity', title: t('perSeverity'), render: ({ by_severity }) => <SeverityBar by={by_severity} /> },
    { key: 'open', title: t('openCount'), width: 130, align: 'right', render: ({ open }) => open.toLocaleString() },
    { key: 'last_at', title: t('lastAt'), width: 140, render: ({ last_at }) => <TimeText at={last_at} /> },
    {
      key: 'findings',
      title: t('findings'),
      width: 130,
      render: (row) => (
        <Link to={`/findings?${findingsOf(row)}`} onClick={(event) => event.stopPropagation()}>
          {t('seeFindings')}
        </Link>
      ),
    },
  ];
}

const periods = [7, 30, 90, 180, 365];

/** Over how many days; the server takes 90 where none is chosen. */
export function usePeriodFilter(): ChoiceFilter<'days'> {
  const { t } = useTranslation('risk');
  return {
    kind: 'choice',
    key: 'days',
    label: t('period'),
    options: periods.map((count) => ({ value: String(count), label: t('lastNDays', { count }) })),
  };
}
