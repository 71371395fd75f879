import { useQueries } from '@tanstack/react-query';
import { Form, Radio, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../../api';
import { ContactName, GroupChatName } from '../../../components/names';
import { Panel } from '../../../components/panel';
import { type Extent, extents } from './draft';
import styles from './new.module.css';
import type { SectionProps } from './new-page';

/** How much of what they hold is given away. */
export function What({ draft: { givers, contacts, groups }, change }: SectionProps) {
  const { t } = useTranslation('handoverPlans');
  return (
    <Panel title={t('whatTitle')}>
      <ExtentField label={t('contactsField')} extent={contacts} onChange={(next) => change({ contacts: next })}>
        <PickContacts givers={givers} extent={contacts} onChange={(next) => change({ contacts: next })} />
      </ExtentField>
      <ExtentField label={t('groupsField')} extent={groups} onChange={(next) => change({ groups: next })}>
        <PickGroups givers={givers} extent={groups} onChange={(next) => change({ groups: next })} />
      </ExtentField>
    </Panel>
  );
}

interface FieldProps {
  label: string;
  extent: Extent;
  onChange(next: Extent): void;
  /** Which of them, once some are to be chosen. */
  children: ReactNode;
}

function ExtentField({ label, extent, onChange, children }: FieldProps) {
  const { t } = useTranslation('handoverPlans');
  return (
    <Form.Item label={label} className={styles.tight ?? ''}>
      <Radio.Group
        aria-label={label}
        value={extent.of}
        options={extents.map((value) => ({ value, label: t(`extent.${value}`) }))}
        onChange={({ target }) => onChange({ ...extent, of: target.value })}
      />
      {extent.of === 'chosen' && <div className={styles.pick}>{children}</div>}
    </Form.Item>
  );
}

interface PickProps {
  givers: string[];
  extent: Extent;
  onChange(next: Extent): void;
}

const asked = (typed: string) => ({ limit: 20, ...(typed ? { q: typed } : {}) });

/** Among the external contacts of the givers, found by name. */
function PickContacts({ givers, extent, onChange }: PickProps) {
  const { t } = useTranslation('handoverPlans');
  const [typed, setTyped] = useState('');
  const found = useQueries({
    queries: givers.map((userid) =>
      api.queryOptions('get', '/external-contacts', { params: { query: { userid, ...asked(typed) } } }),
    ),
  });
  const known = new Map(
    found.flatMap(({ data }) => (data?.items ?? []).map((one) => [one.external_userid, one.name] as const)),
  );
  return (
    <Pick
      label={t('pickContacts')}
      count={t('pickedContacts', { count: extent.ids.length })}
      value={extent.ids}
      loading={found.some(({ isFetching }) => isFetching)}
      options={[...known].map(([value, name]) => ({ value, label: name || value }))}
      nameOf={(id) => <ContactName externalUserid={id} />}
      onType={setTyped}
      onChange={(ids) => onChange({ ...extent, ids })}
    />
  );
}

function PickGroups({ givers, extent, onChange }: PickProps) {
  const { t } = useTranslation('handoverPlans');
  const [typed, setTyped] = useState('');
  const found = useQueries({
    queries: givers.map((owner) =>
      api.queryOptions('get', '/group-chats', { params: { query: { owner, state: 'active', ...asked(typed) } } }),
    ),
  });
  const known = found.flatMap(({ data }) => data?.items ?? []);
  return (
    <Pick
      label={t('pickGroups')}
      count={t('pickedGroups', { count: extent.ids.length })}
      value={extent.ids}
      loading={found.some(({ isFetching }) => isFetching)}
      options={known.map(({ chat_id, name }) => ({ value: chat_id, label: name || t('nameless') }))}
      nameOf={(id) => <GroupChatName chatId={id} />}
      onType={setTyped}
      onChange={(ids) => onChange({ ...extent, ids })}
    />
  );
}

interface ListProps {
  label: string;
  count: string;
  value: string[];
  loading: boolean;
  options: { value: string; label: string }[];
  nameOf(id: string): ReactNode;
  onType(text: string): void;
  onChange(ids: string[]): void;
}

function Pick({ label, count, value, nameOf, onType, ...select }: ListProps) {
  return (
    <>
      <Select
        mode="multiple"
        aria-label={label}
        placeholder={label}
        style={{ width: '100%' }}
        maxTagCount={12}
        showSearch={{ filterOption: false, onSearch: onType }}
        value={value}
        labelRender={({ value: id }) => nameOf(String(id))}
        {...select}
      />
      <div className={styles.quiet}>{count}</div>
    </>
  );
}
