import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../../api';
import { Person } from '../../../components/person';

interface Props {
  id?: string;
  /** Not offered: who gives, and who was chosen already. */
  except: readonly string[];
  onChoose(userid: string, name: string): void;
  placeholder?: string;
}

/** Finds a member who is here to take over; whoever is chosen is handed on, and the field is empty again. */
export function TakerSelect({ id, except, onChoose, placeholder }: Props) {
  const { t } = useTranslation('table');
  const [typed, setTyped] = useState('');
  const query = { limit: 50, status: 'active' as const, ...(typed ? { q: typed } : {}) };
  const found = api.useQuery('get', '/staff', { params: { query } });
  const options = (found.data?.items ?? [])
    .filter(({ userid }) => !except.includes(userid))
    .map(({ userid, name, position }) => ({
      value: userid,
      name: name || userid,
      label: <Person id={userid} name={name} detail={position} size={20} />,
    }));
  return (
    <Select<string | null, (typeof options)[number]>
      {...(id ? { id } : { 'aria-label': placeholder ?? t('searchStaff') })}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      style={{ width: '100%' }}
      placeholder={placeholder ?? t('searchStaff')}
      value={null}
      loading={found.isFetching}
      options={options}
      onSelect={(_, { value, name }) => onChoose(value, name)}
    />
  );
}
