import { PlusOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FilterChip } from './filter-chip';
import styles from './query-table.module.css';
import { SearchBox } from './search-box';
import type { QueryFilter } from './types';
import type { ListState } from './use-list-state';

interface Props {
  filters: QueryFilter<string>[];
  search: { key: string; placeholder: string; onEnter?: boolean } | undefined;
  state: ListState;
}

/** Search box and conditions. */
export function FilterBar({ filters, search, state }: Props) {
  const { t } = useTranslation('table');
  const [fresh, setFresh] = useState<string>();
  const shown = filters.filter(({ key }) => state.values[key] || key === fresh);
  const unused = filters.filter((filter) => !shown.includes(filter));
  const change = (key: string, value: string | undefined) => {
    setFresh(undefined);
    if (value !== state.values[key]) state.setValue(key, value);
  };
  return (
    <div className={styles.filters}>
      {search && (
        <SearchBox
          placeholder={search.placeholder}
          onEnter={search.onEnter}
          value={state.values[search.key] ?? ''}
          onSearch={(text) => state.setValue(search.key, text || undefined)}
        />
      )}
      {shown.map((filter) => (
        <FilterChip
          key={filter.key}
          filter={filter}
          value={state.values[filter.key]}
          fresh={filter.key === fresh}
          onChange={(value) => change(filter.key, value)}
          onDismiss={() => change(filter.key, undefined)}
        />
      ))}
      {unused.length > 0 && (
        <Dropdown
          trigger={['click']}
          menu={{
            items: unused.map(({ key, label }) => ({ key, label })),
            onClick: ({ key }) => setFresh(key),
          }}
        >
          <Button type="dashed" shape="round" size="small" className={styles.addFilter ?? ''} icon={<PlusOutlined />}>
            {t('addFilter')}
          </Button>
        </Dropdown>
      )}
      {Object.keys(state.values).length > 1 && (
        <Button type="link" size="small" onClick={state.clear}>
          {t('clearFilters')}
        </Button>
      )}
    </div>
  );
}
