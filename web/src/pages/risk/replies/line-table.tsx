import { Table, type TableColumnType } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ReplyLine, ReplyQuality } from '../../../api/reply-quality';
import { Cut } from '../../../components/cut';
import { Person } from '../../../components/person';
import { staffPath } from '../../../lib/paths';
import { percentText } from '../../../lib/percent';
import styles from '../risk.module.css';
import { blindSpots } from './blind-spots';
import { Seconds } from './totals';

interface Props {
  lines: ReplyLine[];
  by: ReplyQuality['by'];
  target: number;
}

const pageSize = 50;

/** One line a person, team or day; a click on a head sorts. */
export function LineTable({ lines, by, target }: Props) {
  const { t } = useTranslation('replyQuality');
  return (
    <Table<ReplyLine>
      key={by}
      className={styles.table ?? ''}
      size="small"
      tableLayout="fixed"
      scroll={{ x: 1_160 }}
      sticky={{ offsetHeader: 48 }}
      rowKey="key"
      dataSource={lines}
      columns={useColumns(by, target)}
      showSorterTooltip={false}
      pagination={
        lines.length > pageSize ? { pageSize, showSizeChanger: false, showTotal: (n) => t('of', { n }) } : false
      }
    />
  );
}

function useColumns(by: ReplyQuality['by'], target: number): TableColumnType<ReplyLine>[] {
  const { t } = useTranslation('replyQuality');
  const figure = (key: string, title: string, of: (line: ReplyLine) => number): TableColumnType<ReplyLine> => ({
    ...{ key, title, align: 'right', width: 122 },
    sorter: (a, b) => of(a) - of(b),
    render: (_, line) => of(line).toLocaleString(),
  });
  const seconds = (key: 'p50' | 'p90', title: string): TableColumnType<ReplyLine> => ({
    ...figure(key, title, ({ first_reply_seconds }) => first_reply_seconds[key] ?? -1),
    render: (_, { first_reply_seconds }) => <Seconds seconds={first_reply_seconds[key]} />,
  });
  const columns: TableColumnType<ReplyLine>[] = [
    {
      ...{ key: 'key', title: t(`by.${by}`), ellipsis: true },
      sorter: (a, b) => (a.name ?? a.key).localeCompare(b.name ?? b.key),
      render: (_, line) => <Name line={line} by={by} />,
    },
    figure('questions', t('questions'), ({ questions }) => questions),
    seconds('p50', t('median')),
    seconds('p90', t('p90')),
    {
      ...figure('within', t('within', { target }), ({ questions, within_target }) =>
        questions === 0 ? 0 : within_target / questions,
      ),
      ...{ width: 128, render: (_, { within_target, questions }) => percentText(within_target, questions) },
    },
    figure('out_of_hours', t('outOfHours'), ({ out_of_hours }) => out_of_hours),
    figure('unanswered', t('unansweredAtEnd'), ({ unanswered_at_end }) => unanswered_at_end),
  ];
  // Of past days nobody knows what the archive saw.
  if (by === 'day') return columns;
  return [
    ...columns,
    { key: 'coverage', title: t('seen'), width: 168, render: (_, { coverage }) => <SeenCell coverage={coverage} /> },
  ];
}

function Name({ line: { key, name }, by }: { line: ReplyLine; by: ReplyQuality['by'] }) {
  const { t } = useTranslation('replyQuality');
  if (by === 'person') return <Person id={key} name={name} size={20} to={staffPath(key)} />;
  return <Cut text={name ?? (key || t('noTeam'))} />;
}

/** "12 / 40", with why the rest is not seen on hover. */
function SeenCell({ coverage }: Pick<ReplyLine, 'coverage'>) {
  const { t } = useTranslation('replyQuality');
  if (!coverage) return '–';
  const why = blindSpots(coverage).map(({ reason, count }) => t(`unseen.${reason}`, { n: count.toLocaleString() }));
  return (
    <span title={why.join('\n')}>
      {coverage.seen.toLocaleString()} / {coverage.relations.toLocaleString()}
    </span>
  );
}
