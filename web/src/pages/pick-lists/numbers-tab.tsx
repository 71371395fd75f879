import { EditOutlined } from '@ant-design/icons';
import { Button, Table, type TableColumnType } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, type NumberSeries, useCan } from '../../api';
import { Cut } from '../../components/cut';
import { FaultNote } from '../../components/fault-note';
import { Loading } from '../../components/loading';
import { Panel } from '../../components/panel';
import { useWord } from '../../lib/use-word';
import styles from './pick-lists.module.css';
import { SeriesForm } from './series-form';

const all = { params: { query: { limit: 200 } } };
/** From the first lead to after-sales; what is not named here comes last. */
const order = [
  ...['lead', 'customer', 'activity', 'opportunity', 'quote', 'contract', 'order', 'receivable_plan', 'payment'],
  ...['invoice', 'product', 'ticket'],
];
const placeOf = ({ key }: NumberSeries): number => (order.includes(key) ? order.indexOf(key) : order.length);
type Part = NumberSeries['parts'][number];

/** How each kind of record is numbered. */
export function NumbersTab() {
  const [open, setOpen] = useState<NumberSeries>();
  const { data, error, refetch } = api.useQuery('get', '/number-series', all);
  const columns = useColumns(setOpen);
  if (!data) {
    return <Panel>{error ? <FaultNote error={error} onRetry={() => void refetch()} /> : <Loading rows={10} />}</Panel>;
  }
  return (
    <Panel flush>
      <Table<NumberSeries>
        className={styles.table ?? ''}
        size="small"
        tableLayout="fixed"
        scroll={{ x: 800 }}
        rowKey="key"
        dataSource={data.items.toSorted((one, other) => placeOf(one) - placeOf(other))}
        columns={columns}
        pagination={false}
      />
      {open && <SeriesForm key={open.key} series={open} onClose={() => setOpen(undefined)} />}
    </Panel>
  );
}

function useColumns(onEdit: (series: NumberSeries) => void): TableColumnType<NumberSeries>[] {
  const { t } = useTranslation('pickLists');
  const wordOf = useWord('pickLists');
  const mayChange = useCan('crm:configure');
  const said = (part: Part): string => {
    if (part.kind === 'text') return part.text;
    return part.kind === 'date' ? t(`formatOf.${part.format}`) : t('width', { width: part.width });
  };
  return [
    { key: 'key', title: t('series'), width: 200, render: (_, { key }) => wordOf(`seriesOf.${key}`) ?? key },
    { key: 'parts', title: t('pattern'), render: (_, { parts }) => <Cut text={parts.map(said).join(' + ')} /> },
    { key: 'resets', title: t('resets'), width: 150, render: (_, { resets }) => t(`resetsOf.${resets}`) },
    { key: 'next', title: t('next'), width: 220, render: (_, { next }) => <code>{next}</code> },
    ...(mayChange
      ? [
          {
            ...{ key: 'actions', title: t('actions'), width: 80, align: 'right' as const },
            render: (_: unknown, series: NumberSeries) => (
              <EditSeries name={wordOf(`seriesOf.${series.key}`) ?? series.key} onEdit={() => onEdit(series)} />
            ),
          },
        ]
      : []),
  ];
}

function EditSeries({ name, onEdit }: { name: string; onEdit(): void }) {
  const { t } = useTranslation('pickLists');
  const text = t('edit', { name });
  return (
    <span className={styles.actions}>
      <Button type="text" size="small" icon={<EditOutlined />} aria-label={text} title={text} onClick={onEdit} />
    </span>
  );
}
