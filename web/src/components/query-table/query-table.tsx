import { ReloadOutlined } from '@ant-design/icons';
import { Button, Tabs, Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { FaultNote } from '../fault-note';
import { ColumnChooser } from './column-chooser';
import { FilterBar } from './filter-bar';
import { Pager } from './pager';
import styles from './query-table.module.css';
import { RowDrawer } from './row-drawer';
import { Rows } from './rows';
import type { QueryFilter, QueryTableProps } from './types';
import { type ListState, useListState, useShownColumns } from './use-list-state';
import { useNewer } from './use-newer';
import { useRowKeys } from './use-row-keys';
import { useRows } from './use-rows';

/** The one table of the console. See web/README.md for an example; every prop is described in types.ts. */
export function QueryTable<T extends object, F extends string>(props: QueryTableProps<T, F>) {
  const { source, columns, rowKey, filters = [], tabs, search, drawer, href, live } = props;
  const navigate = useNavigate();
  const state = useListState(
    filterKeys(props),
    (key, value) => key === search?.key && search.isPrivate?.(value) === true,
  );
  const list = useRows(source, state);
  const chooser = useShownColumns(props.id, columns);
  const newer = useNewer({ live, rows: list.rows, rowKey, values: state.values });

  const rowOf = (key: string | undefined) => list.rows.find((row) => rowKey(row) === key);
  const visit = (key: string) => {
    const row = rowOf(key);
    if (row && href) void navigate(href(row));
    else if (drawer) state.setOpen(key);
  };
  const show = (key: string) => (drawer ? state.setOpen(key) : visit(key));
  const { selection } = props;
  const choose = (key: string) => selection?.choose(toggled(selection.chosen, key));
  const rowKeys = list.rows.map(rowKey);
  const keys = useRowKeys({ keys: rowKeys, open: state.open, onOpen: show, onEnter: visit, onChoose: choose });
  const opened = rowOf(state.open);
  const conditions = (tabs ? [...filters, tabs] : filters) as QueryFilter<string>[];

  return (
    <section className={styles.table} ref={keys.body}>
      {tabs && <StateTabs tabs={tabs} state={state} />}
      <div className={styles.bar}>
        <FilterBar filters={filters as QueryFilter<string>[]} search={search} state={state} />
        {props.extra}
        <RefreshButton spinning={list.isFetching} onClick={list.refetch} />
        <ColumnChooser columns={columns} {...chooser} />
      </div>
      {newer > 0 && <NewerBar count={newer} state={state} refetch={list.refetch} />}
      {list.error && <FaultNote error={list.error} onRetry={list.refetch} small={list.rows.length > 0} />}
      {(!list.error || list.rows.length > 0) && (
        <Rows
          list={list}
          columns={columns.filter(({ key }) => chooser.shown.includes(key))}
          rowKey={rowKey}
          marked={keys.marked}
          onClick={(key) => {
            keys.mark(key);
            show(key);
          }}
          clickable={Boolean(drawer || href)}
          selection={selection}
          empty={{ state, filters: conditions, searchKey: search?.key, empty: props.empty }}
        />
      )}
      {(list.rows.length > 0 || state.cursor) && (
        <Pager state={state} nextCursor={list.nextCursor} rows={list.rows.length} />
      )}
      {drawer && (
        <RowDrawer drawer={drawer} id={state.open} row={opened} href={href} onClose={() => state.setOpen(undefined)} />
      )}
    </section>
  );
}

const toggled = (chosen: readonly string[], key: string): string[] =>
  chosen.includes(key) ? chosen.filter((one) => one !== key) : [...chosen, key];

const filterKeys = <T, F extends string>({ filters = [], tabs, search }: QueryTableProps<T, F>): string[] =>
  [...filters, tabs, search].flatMap((filter) => (filter ? [filter.key] : []));

function StateTabs<F extends string>({
  tabs,
  state,
}: {
  tabs: NonNullable<QueryTableProps<object, F>['tabs']>;
  state: ListState;
}) {
  const { t } = useTranslation('table');
  const items = [{ value: '', label: t('all') }, ...tabs.options].map(({ value, label }) => ({ key: value, label }));
  return (
    <Tabs
      className={styles.tabs ?? ''}
      size="small"
      items={items}
      activeKey={state.values[tabs.key] ?? ''}
      onChange={(value) => state.setValue(tabs.key, value || undefined)}
    />
  );
}

function RefreshButton({ spinning, onClick }: { spinning: boolean; onClick: () => void }) {
  const { t } = useTranslation('table');
  return (
    <Tooltip title={t('refresh')}>
      <Button type="text" icon={<ReloadOutlined spin={spinning} />} aria-label={t('refresh')} onClick={onClick} />
    </Tooltip>
  );
}

function NewerBar({ count, state, refetch }: { count: number; state: ListState; refetch: () => void }) {
  const { t } = useTranslation('table');
  return (
    <button type="button" className={styles.newer} onClick={() => (state.cursor ? state.first() : refetch())}>
      {t('newer', { count })}
    </button>
  );
}
