import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api';
import { StaffName } from '../names';
import { Person } from '../person';
import type { CustomFilter } from './types';

interface SelectProps {
  value: string | undefined;
  onChange(userid: string | undefined): void;
  autoFocus?: boolean;
  /** As wide as the form around it instead of a filter. */
  wide?: boolean;
  /** Given by the form item around it, whose label then names the field. */
  id?: string | undefined;
}

/** Finds a staff member by name or userid; leavers are found too. */
export function StaffSelect({ value, onChange, autoFocus, wide, id }: SelectProps) {
  const { t } = useTranslation('table');
  const [typed, setTyped] = useState('');
  const found = api.useQuery('get', '/staff', { params: { query: { limit: 20, ...(typed ? { q: typed } : {}) } } });
  const options = (found.data?.items ?? []).map(({ userid, name, position }) => ({
    value: userid,
    label: <Person id={userid} name={name} detail={position} size={20} />,
  }));
  // Whoever is chosen keeps their name when the next search does not find them.
  if (value && !options.some((option) => option.value === value)) {
    options.unshift({ value, label: <StaffName userid={value} /> });
  }
  return (
    <Select
      {...(id ? { id } : { 'aria-label': t('searchStaff') })}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      autoFocus={autoFocus ?? false}
      defaultOpen={autoFocus ?? false}
      allowClear
      style={{ width: wide ? '100%' : 260 }}
      placeholder={t('searchStaff')}
      value={value ?? null}
      loading={found.isFetching}
      onChange={(next) => onChange(next ?? undefined)}
      options={options}
    />
  );
}

interface ListProps {
  value: string[];
  onChange(userids: string[]): void;
  id?: string | undefined;
}

/** As `StaffSelect`, for several at once; in a form. */
export function StaffListSelect({ value, onChange, id }: ListProps) {
  const { t } = useTranslation('table');
  const [typed, setTyped] = useState('');
  const found = api.useQuery('get', '/staff', { params: { query: { limit: 20, ...(typed ? { q: typed } : {}) } } });
  return (
    <Select
      {...(id ? { id } : { 'aria-label': t('searchStaff') })}
      mode="multiple"
      showSearch={{ filterOption: false, onSearch: setTyped }}
      style={{ width: '100%' }}
      placeholder={t('searchStaff')}
      value={value}
      loading={found.isFetching}
      onChange={onChange}
      options={(found.data?.items ?? []).map(({ userid, name }) => ({ value: userid, label: name || userid }))}
      labelRender={({ value: userid }) => <StaffName userid={String(userid)} />}
    />
  );
}

/** A filter whose value is a userid: `filters={[staffFilter('userid', t('follower'))]}`. */
export const staffFilter = <F extends string>(key: F, label: string): CustomFilter<F> => ({
  kind: 'custom',
  key,
  label,
  editor: ({ value, onChange }) => <StaffSelect value={value} onChange={onChange} autoFocus />,
  display: (userid) => <StaffName userid={userid} />,
});
