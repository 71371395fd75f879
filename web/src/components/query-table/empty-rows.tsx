import { FilterOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { Note } from '../note';
import { valueWords } from './filter-chip';
import type { QueryFilter } from './types';
import type { ListState } from './use-list-state';

interface Props {
  state: ListState;
  filters: QueryFilter<string>[];
  searchKey: string | undefined;
  empty: { title: string; hint: React.ReactNode; actions?: React.ReactNode };
}

/** Says why there are no rows: nothing exists yet, or the conditions (named) fit nothing. */
export function EmptyRows({ state, filters, searchKey, empty }: Props) {
  const { t } = useTranslation('table');
  const search = searchKey ? state.values[searchKey] : undefined;
  const conditions = filters.filter(({ key }) => state.values[key]);
  if (!search && conditions.length === 0) {
    return (
      <Note title={empty.title} actions={empty.actions}>
        {empty.hint}
      </Note>
    );
  }
  const actions = <Button onClick={state.clear}>{t('clearFilters')}</Button>;
  const parts = conditions.map((filter) => (
    <Fragment key={filter.key}>
      {filter.label} {valueWords(filter, state.values[filter.key] ?? '')}
    </Fragment>
  ));
  if (search) parts.unshift(<Fragment key="search">{t('searchSentence', { text: search })}</Fragment>);
  return (
    <Note title={t('emptyFiltered')} icon={<FilterOutlined />} actions={actions}>
      {t('emptyFilteredHint', { sentence: '' })}
      {parts.map((part, place) => (
        <Fragment key={part.key}>
          {place > 0 && t('and')}
          {part}
        </Fragment>
      ))}
    </Note>
  );
}
