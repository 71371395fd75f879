import { AutoComplete, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { QueryFilter } from '../../components/query-table';
import styles from './inbox.module.css';

const receivers = ['agent', 'contacts', 'archive'] as const;

/** Offered while typing; any other name that WeCom may send is accepted too. */
const events = [
  'change_external_contact',
  'change_external_chat',
  'change_external_tag',
  'change_contact',
  'customer_acquisition',
  'msgaudit_notify',
  'kf_msg_or_event',
];
const changeTypes = [
  'add_external_contact',
  'add_half_external_contact',
  'edit_external_contact',
  'del_external_contact',
  'del_follow_user',
  'transfer_fail',
  'msg_audit_approved',
  'create',
  'update',
  'dismiss',
  'delete',
  'shuffle',
  'create_user',
  'update_user',
  'delete_user',
  'create_party',
  'update_party',
  'delete_party',
];

export function useInboxFilters(): QueryFilter<'event' | 'change_type' | 'receiver'>[] {
  const { t } = useTranslation('inbox');
  const { t: ts } = useTranslation('states');
  return [
    {
      kind: 'choice',
      key: 'receiver',
      label: t('receiver'),
      options: receivers.map((value) => ({ value, label: ts(`receiver.${value}`) })),
    },
    codeFilter('event', t('event'), { names: events, placeholder: t('eventPlaceholder') }),
    codeFilter('change_type', t('changeType'), { names: changeTypes, placeholder: t('changeTypePlaceholder') }),
  ];
}

interface Codes {
  names: readonly string[];
  placeholder: string;
}

const codeFilter = <F extends string>(key: F, label: string, codes: Codes): QueryFilter<F> => ({
  kind: 'custom',
  key,
  label,
  editor: ({ value, onChange }) => <CodeEditor {...codes} label={label} value={value} onChange={onChange} />,
  display: (code) => <code>{code}</code>,
});

interface EditorProps extends Codes {
  label: string;
  value: string | undefined;
  onChange(code: string | undefined): void;
}

function CodeEditor({ names, placeholder, label, value, onChange }: EditorProps) {
  const { t } = useTranslation('table');
  const [typed, setTyped] = useState(value ?? '');
  const wanted = typed.trim().toLowerCase();
  const apply = () => onChange(typed.trim() || undefined);
  return (
    <>
      <AutoComplete
        autoFocus
        defaultOpen
        className={styles.code ?? ''}
        value={typed}
        maxLength={64}
        placeholder={placeholder}
        aria-label={label}
        options={names.filter((name) => name.includes(wanted)).map((name) => ({ value: name }))}
        onChange={setTyped}
        onSelect={(name: string) => onChange(name)}
        onKeyDown={(event) => event.key === 'Enter' && apply()}
      />
      <Button type="primary" onClick={apply}>
        {t('apply')}
      </Button>
    </>
  );
}
