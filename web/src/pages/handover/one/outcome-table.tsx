import { Table, type TableColumnType } from 'antd';
import { useTranslation } from 'react-i18next';
import type { HandoverOutcome } from '../../../api/handovers';
import { Panel } from '../../../components/panel';
import { Person } from '../../../components/person';
import { staffPath } from '../../../lib/paths';
import { percentText } from '../../../lib/percent';
import { Wait } from '../../risk/wait';
import styles from './one.module.css';
import { lossOf } from './outcome-figures';

type Line = HandoverOutcome['by_successor'][number];

const pageSize = 50;

/** Customers who declined, were lost, or did not arrive for another reason. */
const troubleOf = (line: Line): number => line.refused + line.over_limit + line.failed + lossOf(line);

/** One line a person, those with most trouble first; a click on a head sorts. */
export function OutcomeTable({ title, lines }: { title: string; lines: Line[] }) {
  const { t } = useTranslation('handoverPlans');
  return (
    <Panel title={title} flush>
      <Table<Line>
        className={styles.outcome ?? ''}
        size="small"
        tableLayout="fixed"
        scroll={{ x: 900 }}
        rowKey="userid"
        dataSource={lines}
        columns={useColumns()}
        showSorterTooltip={false}
        pagination={
          lines.length > pageSize ? { pageSize, showSizeChanger: false, showTotal: (n) => t('people', { n }) } : false
        }
      />
    </Panel>
  );
}

function useColumns(): TableColumnType<Line>[] {
  const { t } = useTranslation('handoverPlans');
  const figure = (key: string, heading: string, of: (line: Line) => number): TableColumnType<Line> => ({
    ...{ key, title: heading, align: 'right', width: 104 },
    sorter: (a, b) => of(a) - of(b),
    render: (_, line) => of(line).toLocaleString(),
  });
  const marked = (count: number, words: string) => (
    <span className={count > 0 ? styles.lostWords : styles.quiet}>{count > 0 ? words : '0'}</span>
  );
  return [
    {
      ...{ key: 'person', title: t('member'), ellipsis: true },
      sorter: (a, b) => (a.name ?? a.userid).localeCompare(b.name ?? b.userid),
      render: (_, { userid, name }) => <Person id={userid} name={name} size={20} to={staffPath(userid)} />,
    },
    figure('total', t('total'), ({ total }) => total),
    figure('taken', t('state.taken_over'), ({ taken_over }) => taken_over),
    {
      ...figure('refused', t('figure.refusal'), ({ refusal_rate }) => refusal_rate ?? -1),
      ...{ width: 128, render: (_, line) => marked(line.refused, rated(line.refused, line.refusal_rate)) },
    },
    {
      ...figure('lost', t('figure.loss'), ({ loss_rate }) => loss_rate ?? -1),
      ...{ width: 128, render: (_, line) => marked(lossOf(line), rated(lossOf(line), line.loss_rate)) },
    },
    figure('failed', t('outcomeOther'), ({ over_limit, failed }) => over_limit + failed),
    {
      ...figure('first', t('figure.first'), (line) => line.median_hours_to_first_message ?? -1),
      ...{ width: 148, render: (_, line) => <First line={line} /> },
    },
    {
      ...figure('trouble', t('trouble'), troubleOf),
      defaultSortOrder: 'descend',
      sortDirections: ['descend', 'ascend'],
    },
  ];
}

const rated = (count: number, rate: number | null): string =>
  `${count.toLocaleString()}${rate === null ? '' : ` · ${percentText(rate, 1)}`}`;

function First({ line: { median_hours_to_first_message: hours } }: { line: Line }) {
  return hours === null ? <span className={styles.quiet}>–</span> : <Wait minutes={hours * 60} />;
}
