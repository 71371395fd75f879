import { Select } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api';
import { ExternalPerson } from '../external-person';
import { ContactName, GroupChatName } from '../names';
import type { CustomFilter } from './types';

interface SelectProps {
  label: string;
  value: string | undefined;
  onChange(id: string | undefined): void;
  /** Of a field in a form, whose label then names it: as wide as the form, and closed until it is used. */
  id?: string | undefined;
}

interface FoundProps extends SelectProps {
  options: { value: string; label: ReactNode }[];
  /** Stands for the chosen one when the search does not find it. */
  chosen: ReactNode;
  loading: boolean;
  onType(text: string): void;
}

/** Finds one thing by its name while typing. */
function FoundSelect({ label, id, value, options, chosen, loading, onType, onChange }: FoundProps) {
  const known = !value || options.some((option) => option.value === value);
  return (
    <Select
      {...(id ? { id } : { 'aria-label': label })}
      showSearch={{ filterOption: false, onSearch: onType }}
      autoFocus={!id}
      defaultOpen={!id}
      allowClear
      style={{ width: id ? '100%' : 260 }}
      placeholder={label}
      value={value ?? null}
      loading={loading}
      onChange={(next: string | undefined) => onChange(next ?? undefined)}
      options={known ? options : [{ value: value ?? '', label: chosen }, ...options]}
    />
  );
}

const asked = (typed: string) => ({ params: { query: { limit: 20, ...(typed ? { q: typed } : {}) } } });

export function ContactSelect({ value, onChange, id }: Omit<SelectProps, 'label'>) {
  const { t } = useTranslation('table');
  const [typed, setTyped] = useState('');
  const found = api.useQuery('get', '/external-contacts', asked(typed));
  return (
    <FoundSelect
      label={t('searchContact')}
      id={id}
      value={value}
      options={(found.data?.items ?? []).map((contact) => ({
        value: contact.external_userid,
        label: <ExternalPerson contact={contact} link={false} size={20} />,
      }))}
      chosen={<ContactName externalUserid={value ?? ''} />}
      loading={found.isFetching}
      onType={setTyped}
      onChange={onChange}
    />
  );
}

export function ChatSelect({ value, onChange, id }: Omit<SelectProps, 'label'>) {
  const { t } = useTranslation('table');
  const [typed, setTyped] = useState('');
  const found = api.useQuery('get', '/group-chats', asked(typed));
  return (
    <FoundSelect
      label={t('searchChat')}
      id={id}
      value={value}
      options={(found.data?.items ?? []).map(({ chat_id, name }) => ({ value: chat_id, label: name || chat_id }))}
      chosen={<GroupChatName chatId={value ?? ''} />}
      loading={found.isFetching}
      onType={setTyped}
      onChange={onChange}
    />
  );
}

/** A filter whose value is an `external_userid`. */
export const contactFilter = <F extends string>(key: F, label: string): CustomFilter<F> => ({
  kind: 'custom',
  key,
  label,
  editor: ({ value, onChange }) => <ContactSelect value={value} onChange={onChange} />,
  display: (id) => <ContactName externalUserid={id} />,
});

/** A filter whose value is the id of a group chat. */
export const chatFilter = <F extends string>(key: F, label: string): CustomFilter<F> => ({
  kind: 'custom',
  key,
  label,
  editor: ({ value, onChange }) => <ChatSelect value={value} onChange={onChange} />,
  display: (id) => <GroupChatName chatId={id} />,
});
