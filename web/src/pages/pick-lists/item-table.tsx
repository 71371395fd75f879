import { Table, type TableColumnType } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Dictionary, DictionaryItem } from '../../api';
import { Cut } from '../../components/cut';
import { StateTag } from '../../components/state-tag';
import { ColorDot } from './color-dot';
import styles from './pick-lists.module.css';
import { RowActions } from './row-actions';
import { useChange, useLabel } from './use-dictionary';

interface Props {
  dictionary: Dictionary;
  mayChange: boolean;
  onEdit(item: DictionaryItem): void;
  onRemove(item: DictionaryItem): void;
}

/** The items of a dictionary in their order; those that stand under another one are set in. */
export function ItemTable(props: Props) {
  const { items } = props.dictionary;
  return (
    <Table<DictionaryItem>
      className={styles.table ?? ''}
      size="small"
      tableLayout="fixed"
      scroll={{ x: 720 }}
      rowKey="code"
      dataSource={items}
      columns={useColumns(props)}
      pagination={false}
    />
  );
}

function useColumns({ dictionary, mayChange, onEdit, onRemove }: Props): TableColumnType<DictionaryItem>[] {
  const { t } = useTranslation('pickLists');
  const label = useLabel();
  const { move, isPending } = useChange(dictionary);
  const { items } = dictionary;
  const points = items.some(({ extra }) => extra.from !== undefined);
  return [
    { key: 'label_zh', title: t('name'), render: (_, item) => <ItemName item={item} /> },
    {
      ...{ key: 'label_en', title: t('nameEn') },
      render: (_, { label_en }) => <Cut text={label_en || '–'} />,
    },
    { key: 'code', title: t('code'), width: 170, render: (_, { code }) => <code className={styles.code}>{code}</code> },
    ...(points
      ? [
          {
            key: 'points',
            title: t('points'),
            width: 110,
            render: (_: unknown, item: DictionaryItem) => <Points item={item} />,
          },
        ]
      : []),
    {
      ...{ key: 'active', title: t('state'), width: 96 },
      render: (_, { active }) =>
        active ? t('activeState.true') : <StateTag tone="neutral">{t('activeState.false')}</StateTag>,
    },
    ...(mayChange
      ? [
          {
            ...{ key: 'actions', title: t('actions'), width: 132, align: 'right' as const },
            render: (_: unknown, item: DictionaryItem, at: number) => (
              <RowActions
                name={label(item)}
                isBusy={isPending}
                onUp={at > 0 ? () => move(item, -1) : undefined}
                onDown={at < items.length - 1 ? () => move(item, 1) : undefined}
                onEdit={() => onEdit(item)}
                onRemove={() => onRemove(item)}
              />
            ),
          },
        ]
      : []),
  ];
}

function ItemName({ item: { label_zh, active, is_default, extra } }: { item: DictionaryItem }) {
  const { t } = useTranslation('pickLists');
  return (
    <span
      className={`${styles.label} ${active ? '' : styles.off}`}
      style={extra.parent === undefined ? undefined : { paddingInlineStart: 20 }}
    >
      <ColorDot color={extra.color} />
      <Cut text={label_zh} />
      {is_default && <span className={styles.mark}>{t('isDefault')}</span>}
    </span>
  );
}

function Points({ item: { extra } }: { item: DictionaryItem }) {
  const { t } = useTranslation('pickLists');
  const { from, to } = extra;
  if (from === undefined || to === undefined) return '–';
  if (to === null) return t('pointsFrom', { from });
  return from === to ? t('pointsOne', { from }) : t('pointsRange', { from, to });
}
