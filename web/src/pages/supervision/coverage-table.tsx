import { Table, type TableColumnType } from 'antd';
import { useTranslation } from 'react-i18next';
import type { SupervisionCoverage } from '../../api';
import { Cut } from '../../components/cut';
import { Person } from '../../components/person';
import { staffPath } from '../../lib/paths';
import { percentText } from '../../lib/percent';
import styles from './supervision.module.css';

type CoverageLine = SupervisionCoverage['items'][number];

const pageSize = 50;

/** One line a member of staff; a click on a head sorts. */
export function CoverageTable({ lines }: { lines: CoverageLine[] }) {
  const { t } = useTranslation('supervision');
  return (
    <Table<CoverageLine>
      className={styles.table ?? ''}
      size="small"
      tableLayout="fixed"
      scroll={{ x: 1_240 }}
      sticky={{ offsetHeader: 48 }}
      rowKey="userid"
      dataSource={lines}
      columns={useColumns()}
      showSorterTooltip={false}
      pagination={
        lines.length > pageSize ? { pageSize, showSizeChanger: false, showTotal: (n) => t('of', { n }) } : false
      }
    />
  );
}

function useColumns(): TableColumnType<CoverageLine>[] {
  const { t } = useTranslation('supervision');
  const figure = (
    key: string,
    title: string,
    countIn: (line: CoverageLine) => number,
  ): TableColumnType<CoverageLine> => ({
    key,
    title,
    align: 'right',
    width: 96,
    sorter: (a, b) => countIn(a) - countIn(b),
    render: (_, line) => countIn(line).toLocaleString(),
  });
  return [
    {
      key: 'userid',
      title: t('member'),
      width: 200,
      ellipsis: true,
      sorter: (a, b) => (a.name ?? a.userid).localeCompare(b.name ?? b.userid),
      render: (_, { userid, name }) => <Person id={userid} name={name} size={20} to={staffPath(userid)} />,
    },
    figure('messages', t('messages'), ({ messages }) => messages),
    figure('reviewed', t('reviewed'), ({ reviewed }) => reviewed),
    {
      ...figure('share', t('share'), ({ messages, reviewed }) => (messages === 0 ? 0 : reviewed / messages)),
      render: (_, { messages, reviewed }) => percentText(reviewed, messages),
    },
    figure('clean', t('outcome.clean'), ({ outcomes }) => outcomes.clean),
    figure('question', t('outcome.question'), ({ outcomes }) => outcomes.question),
    figure('violation', t('outcome.violation'), ({ outcomes }) => outcomes.violation),
    figure('escalated', t('outcome.escalated'), ({ outcomes }) => outcomes.escalated),
    figure('open', t('outcome.open'), ({ outcomes }) => outcomes.open),
    figure('late', t('late'), ({ late }) => late),
    {
      ...figure('median', t('median'), ({ median_hours }) => median_hours ?? -1),
      width: 120,
      render: (_, { median_hours: hours }) => (hours === null ? '–' : t('hours', { hours })),
    },
    {
      key: 'reviewers',
      title: t('reviewers'),
      ellipsis: true,
      render: (_, line) => <Cut text={reviewersOf(line) || '–'} />,
    },
  ];
}

const reviewersOf = ({ reviewers }: CoverageLine): string =>
  reviewers.map(({ actor, name, decided }) => `${name ?? actor} ${decided}`).join(' · ');
