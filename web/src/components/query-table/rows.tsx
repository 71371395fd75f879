import { Table, type TableProps } from 'antd';
import type { ComponentProps } from 'react';
import { useTranslation } from 'react-i18next';
import { Loading } from '../loading';
import { EmptyRows } from './empty-rows';
import styles from './query-table.module.css';
import type { QueryColumn } from './types';
import type { Chosen } from './use-chosen';

const flexibleWidth = 160;

interface Props<T> {
  list: { rows: T[]; isFirstLoad: boolean; isStale: boolean };
  columns: QueryColumn<T>[];
  rowKey(row: T): string;
  marked: string | undefined;
  clickable: boolean;
  chosen: Chosen<T>;
  onClick(key: string): void;
  empty: ComponentProps<typeof EmptyRows>;
}

/** Head and rows. Old rows stay, dimmed, while others load. */
export function Rows<T extends object>({ list, columns, rowKey, marked, clickable, chosen, onClick, empty }: Props<T>) {
  if (list.isFirstLoad) {
    return (
      <div className={styles.loading}>
        <Loading rows={8} />
      </div>
    );
  }
  if (list.rows.length === 0) return <EmptyRows {...empty} />;
  const width = columns.reduce((sum, column) => sum + (column.width ?? flexibleWidth), 0);
  return (
    <div className={list.isStale ? styles.stale : undefined} aria-busy={list.isStale}>
      <Table<T>
        size="small"
        tableLayout="fixed"
        pagination={false}
        sticky={{ offsetHeader: 48 }}
        scroll={{ x: width }}
        dataSource={list.rows}
        rowKey={rowKey}
        {...rowSelectionOf(chosen)}
        columns={columns.map(({ key, title, width: own, align, render }) => ({
          key,
          title,
          ...(own ? { width: own } : {}),
          ...(align ? { align } : {}),
          ellipsis: true,
          render: (_value: unknown, row: T) => render(row),
        }))}
        rowClassName={(row) => `${clickable ? styles.row : ''} ${rowKey(row) === marked ? styles.marked : ''}`}
        onRow={(row) =>
          clickable ? { onClick: () => onClick(rowKey(row)), 'aria-selected': rowKey(row) === marked } : {}
        }
      />
    </div>
  );
}

function rowSelectionOf<T extends object>({ selection, keys, set }: Chosen<T>): Pick<TableProps<T>, 'rowSelection'> {
  if (!selection) return {};
  return {
    rowSelection: {
      columnWidth: 44,
      // A box for all would stand twice: antd measures its columns by a hidden row.
      columnTitle: <ChooseHead />,
      hideSelectAll: true,
      selectedRowKeys: keys,
      preserveSelectedRowKeys: true,
      onChange: (next) => set(next.map(String)),
      getCheckboxProps(row) {
        const refusal = selection.refusal(row);
        return {
          'aria-label': selection.nameOf(row),
          disabled: refusal !== undefined,
          ...(refusal === undefined ? {} : { title: refusal }),
        };
      },
    },
  };
}

function ChooseHead() {
  const { t } = useTranslation('table');
  return <span className={styles.spoken}>{t('choose')}</span>;
}
