import { useTranslation } from 'react-i18next';
import { FaultNote } from '../components/fault-note';
import { Loading } from '../components/loading';
import { NewButton } from '../components/new-form';
import { NoAccess } from '../components/no-access';
import { PageHeader } from '../components/page-header';
import { type QueryColumn, type QueryFilter, QueryTable, staffFilter } from '../components/query-table';
import { TimeText } from '../components/time-text';
import { dictionaryFilter } from './dictionary-filter';
import { NewRecord } from './new-record';
import { recordPath } from './paths';
import { listOfRecords, useRecordType } from './record-api';
import { RecordGlance } from './record-glance';
import { RecordValue } from './record-value';
import type { RecordField, RecordRow, RecordType } from './types';
import { useRecordWords } from './use-record-words';

interface Props {
  /** Key of the type. */
  of: string;
  /** Columns that are shown before the reader chooses; the others can be chosen. */
  usual: readonly string[];
  /** Fields that can be filtered by, of those that stand for a choice. */
  filters: readonly string[];
  hint: string;
}

/** The list of a type of record: search, conditions, order, columns, recycle bin, and a form for a new one. */
export function RecordList(props: Props) {
  const { type, isKnown, error, refetch } = useRecordType(props.of);
  if (type) return <List {...props} type={type} />;
  if (error) return <FaultNote error={error} onRetry={() => void refetch()} />;
  return isKnown ? <NoAccess /> : <Loading rows={8} />;
}

function List({ type, usual, filters, hint }: Props & { type: RecordType }) {
  const { t } = useTranslation('records');
  const words = useRecordWords();
  const create = type.may_write && <NewButton>{t('newOne', { one: words.one(type) })}</NewButton>;
  return (
    <>
      <PageHeader title={words.many(type)} actions={create} />
      <QueryTable
        id={type.path}
        source={listOfRecords(type.path)}
        rowKey={({ id }) => id}
        search={{ key: 'q', placeholder: t('search') }}
        tabs={{
          ...{ kind: 'choice', key: 'deleted', label: t('recycleBin'), first: t('inUse') },
          options: [{ value: 'true', label: t('recycleBin') }],
        }}
        filters={useFilters(type, filters)}
        columns={useColumns(type, usual)}
        href={(record) => recordPath(type.key, record.id)}
        drawer={{
          title: (_, record) => String(record?.[type.title] ?? words.one(type)),
          content: (id) => <RecordGlance key={id} type={type} id={id} />,
        }}
        empty={{ title: t('empty', { many: words.many(type) }), hint, actions: create }}
      />
      <NewRecord type={type} />
    </>
  );
}

function useColumns(type: RecordType, usual: readonly string[]): QueryColumn<RecordRow>[] {
  const { t } = useTranslation('records');
  const words = useRecordWords();
  const rank = ({ key }: RecordField) => (usual.includes(key) ? usual.indexOf(key) : usual.length);
  const fields = [...type.fields].sort((one, other) => rank(one) - rank(other));
  return [
    ...fields.map(
      (field): QueryColumn<RecordRow> => ({
        ...{ key: field.key, title: words.field(type, field.key), hidden: !usual.includes(field.key) },
        ...(field.key === type.title ? {} : { width: widths[field.type] ?? 160 }),
        ...(field.type === 'money' || field.type === 'integer' ? { align: 'right' as const } : {}),
        render: (record) => <RecordValue type={type} field={field} record={record} inline />,
      }),
    ),
    { key: 'updated_at', title: t('updatedAt'), width: 136, render: (record) => <TimeText at={record.updated_at} /> },
  ];
}

const widths: Record<string, number> = { boolean: 96, choice: 120, dictionary: 128, instant: 136, staff: 144 };

function useFilters(type: RecordType, keys: readonly string[]): QueryFilter<string>[] {
  const { t } = useTranslation('records');
  const words = useRecordWords();
  const orders = type.fields.filter(({ sortable }) => sortable);
  const found = keys.flatMap((key) => type.fields.find((field) => field.key === key) ?? []);
  return [
    ...found.map((field): QueryFilter<string> => {
      const label = words.field(type, field.key);
      if (field.type === 'staff') return staffFilter(field.key, label);
      if (field.type === 'dictionary') return dictionaryFilter(field, label);
      const options = field.choices.map((value) => ({ value, label: words.choice(type, field.key, value) }));
      return { kind: 'choice', key: field.key, label, options };
    }),
    {
      ...{ kind: 'choice', key: 'sort', label: t('order') },
      options: orders.flatMap(({ key }) => {
        const field = words.field(type, key);
        return [
          { value: key, label: t('ascending', { field }) },
          { value: `-${key}`, label: t('descending', { field }) },
        ];
      }),
    },
  ];
}
