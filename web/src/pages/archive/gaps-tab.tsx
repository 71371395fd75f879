import { useTranslation } from 'react-i18next';
import { type ArchiveGap, listOf } from '../../api';
import { Cut } from '../../components/cut';
import { type QueryColumn, QueryTable } from '../../components/query-table';
import { TimeText } from '../../components/time-text';
import { useWord } from '../../lib/use-word';

const source = listOf('/archive/gaps');

/** What is missing for good: WeCom did not hold it any more when it was asked for. */
export function GapsTab() {
  const { t } = useTranslation('archive');
  return (
    <QueryTable
      id="archive-gaps"
      source={source}
      rowKey={({ id }) => id}
      columns={useColumns()}
      empty={{ title: t('noGaps'), hint: t('noGapsHint') }}
    />
  );
}

function useColumns(): QueryColumn<ArchiveGap>[] {
  const { t } = useTranslation('archive');
  const wordOf = useWord('archive');
  return [
    { key: 'found_at', title: t('foundAt'), width: 140, render: ({ found_at }) => <TimeText at={found_at} /> },
    {
      key: 'cause',
      title: t('why'),
      width: 320,
      render: ({ cause }) => <Cut text={wordOf(`gap.${cause}`) ?? cause} />,
    },
    { key: 'from', title: t('fromSeq'), width: 190, render: ({ from_seq }) => <code>{from_seq}</code> },
    { key: 'to', title: t('toSeq'), width: 190, render: ({ to_seq }) => <code>{to_seq}</code> },
    {
      key: 'after',
      title: t('afterSeq'),
      width: 190,
      hidden: true,
      render: ({ after_seq }) => <code>{after_seq}</code>,
    },
    {
      key: 'before',
      title: t('beforeSeq'),
      width: 190,
      hidden: true,
      render: ({ before_seq }) => <code>{before_seq}</code>,
    },
    { key: 'detail', title: t('detail'), render: ({ detail }) => (detail ? <Cut text={detail} /> : '–') },
  ];
}
