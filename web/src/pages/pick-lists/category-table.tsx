import { PlusOutlined } from '@ant-design/icons';
import { App, Button, Table, type TableColumnType } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, type Category } from '../../api';
import { Cut } from '../../components/cut';
import { useFaultText } from '../../components/fault-note';
import { StateTag } from '../../components/state-tag';
import { TimeText } from '../../components/time-text';
import { ColorDot } from './color-dot';
import styles from './pick-lists.module.css';
import { RowActions } from './row-actions';
import { deepest, renewTree, sent, siblingsOf } from './use-tree';

interface Props {
  categories: Category[];
  mayChange: boolean;
  onAdd(parent: Category): void;
  onEdit(category: Category): void;
  onRemove(category: Category): void;
}

/** A tree, each level set in further. */
export function CategoryTable(props: Props) {
  return (
    <Table<Category>
      className={styles.table ?? ''}
      size="small"
      tableLayout="fixed"
      scroll={{ x: 720 }}
      rowKey="id"
      dataSource={props.categories}
      columns={useColumns(props)}
      pagination={false}
    />
  );
}

function useColumns(props: Props): TableColumnType<Category>[] {
  const { t } = useTranslation('pickLists');
  return [
    { key: 'name', title: t('name'), render: (_, category) => <Name category={category} /> },
    {
      ...{ key: 'active', title: t('state'), width: 110 },
      render: (_, { active }) =>
        active ? t('activeState.true') : <StateTag tone="neutral">{t('activeState.false')}</StateTag>,
    },
    {
      ...{ key: 'updated_at', title: t('updatedAt'), width: 150 },
      render: (_, { updated_at }) => <TimeText at={updated_at} />,
    },
    ...(props.mayChange
      ? [
          {
            ...{ key: 'actions', title: t('actions'), width: 168, align: 'right' as const },
            render: (_: unknown, category: Category) => <Actions category={category} {...props} />,
          },
        ]
      : []),
  ];
}

function Name({ category: { name, color, level, active, is_default } }: { category: Category }) {
  const { t } = useTranslation('pickLists');
  return (
    <span className={`${styles.label} ${active ? '' : styles.off}`} style={{ paddingInlineStart: (level - 1) * 24 }}>
      <ColorDot color={color} />
      <Cut text={name} />
      {is_default && (
        <span className={styles.mark} title={t('nobodyPlaced')}>
          {t('isDefault')}
        </span>
      )}
    </span>
  );
}

function Actions({ category, categories, onAdd, onEdit, onRemove }: Props & { category: Category }) {
  const { t } = useTranslation('pickLists');
  const { message } = App.useApp();
  const faultText = useFaultText();
  const change = api.useMutation('put', '/categories/{id}', {
    onError: (error) => void message.error(faultText(error)),
    onSettled: renewTree,
  });
  const { id, name, position, level, is_default } = category;
  const move = (by: 1 | -1) =>
    change.mutate({ params: { path: { id } }, body: { ...sent(category), position: position + by } });
  const siblings = siblingsOf(categories, category);
  const under = t('addUnder', { name });
  return (
    <RowActions
      name={name}
      isBusy={change.isPending}
      onUp={siblings[0] === category ? undefined : () => move(-1)}
      onDown={siblings.at(-1) === category ? undefined : () => move(1)}
      onEdit={() => onEdit(category)}
      onRemove={is_default ? undefined : () => onRemove(category)}
    >
      <Button
        type="text"
        size="small"
        icon={<PlusOutlined />}
        aria-label={under}
        title={under}
        disabled={level === deepest}
        onClick={() => onAdd(category)}
      />
    </RowActions>
  );
}
