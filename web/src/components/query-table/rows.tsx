import { Table } from 'antd';
import TableMeasureRowContext from 'antd/es/table/TableMeasureRowContext';
import { type ComponentProps, type DragEvent, type Key, type ReactNode, use } from 'react';
import { Loading } from '../loading';
import { EmptyRows } from './empty-rows';
import styles from './query-table.module.css';
import type { QueryColumn, QueryTableProps } from './types';

const flexibleWidth = 160;

interface Props<T> {
  list: { rows: T[]; isFirstLoad: boolean; isStale: boolean };
  columns: QueryColumn<T>[];
  rowKey(row: T): string;
  marked: string | undefined;
  clickable: boolean;
  onClick(key: string): void;
  selection: QueryTableProps<T, string>['selection'];
  empty: ComponentProps<typeof EmptyRows>;
}

/** Head and rows. Old rows stay, dimmed, while others load. */
export function Rows<T extends object>(props: Props<T>) {
  const { list, columns, rowKey, marked, clickable, onClick, empty, selection } = props;
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
        columns={columns.map(({ key, title, width: own, align, render }) => ({
          key,
          title,
          ...(own ? { width: own } : {}),
          ...(align ? { align } : {}),
          ellipsis: true,
          render: (_value: unknown, row: T) => render(row),
        }))}
        rowClassName={(row) => `${clickable ? styles.row : ''} ${rowKey(row) === marked ? styles.marked : ''}`}
        {...(selection ? { rowSelection: selectionOf(selection) } : {})}
        onRow={(row) => ({
          ...(clickable ? { onClick: () => onClick(rowKey(row)), 'aria-selected': rowKey(row) === marked } : {}),
          ...(selection?.onDrag ? draggable(rowKey(row), selection.onDrag) : {}),
        })}
      />
    </div>
  );
}

/** What was chosen on another page stays chosen. */
const selectionOf = <T,>({ chosen, choose }: NonNullable<QueryTableProps<T, string>['selection']>) => ({
  selectedRowKeys: [...chosen],
  onChange: (keys: Key[]) => choose(keys.map(String)),
  preserveSelectedRowKeys: true,
  columnWidth: 40,
  columnTitle: (box: ReactNode) => <Seen>{box}</Seen>,
});

/** The table measures its columns by a copy of the head that nobody sees: nor may keys find a box in it. */
function Seen({ children }: { children: ReactNode }) {
  return use(TableMeasureRowContext) ? null : children;
}

const draggable = (key: string, onDrag: (key: string | undefined) => void) => ({
  draggable: true,
  onDragStart: ({ dataTransfer }: DragEvent) => {
    dataTransfer.setData('text/plain', key);
    dataTransfer.effectAllowed = 'move';
    onDrag(key);
  },
  onDragEnd: () => onDrag(undefined),
});
