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
}

/** Finds a staff member by name or userid; leavers are found too. */
export function StaffSelect({ value, onChange, autoFocus }: SelectProps) {
  const { t } = useTranslation('table');
  const [typed, setTyped] = useState('');
  const found = api.useQuery('get', '/staff', { params: { query: { limit: 20, ...(typed ? { q: typed } : {}) } } });
  return (
    <Select
      showSearch={{ filterOption: false, onSearch: setTyped }}
      autoFocus={autoFocus ?? false}
      defaultOpen={autoFocus ?? false}
      allowClear
      style={{ width: 260 }}
      placeholder={t('searchStaff')}
      aria-label={t('searchStaff')}
      value={value ?? null}
      loading={found.isFetching}
      onChange={(next) => onChange(next ?? undefined)}
      options={(found.data?.items ?? []).map(({ userid, name, position }) => ({
        value: userid,
        label: <Person id={userid} name={name} detail={position} size={20} />,
      }))}
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
