import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { QueryFilter } from '../../components/query-table';
import { exactTime } from '../../lib/time';

type Key = 'actor' | 'action' | 'target' | 'from' | 'to';

export function useAuditFilters(): QueryFilter<Key>[] {
  const { t } = useTranslation('audit');
  return [
    { kind: 'text', key: 'actor', label: t('actor'), placeholder: t('actorPlaceholder') },
    { kind: 'text', key: 'action', label: t('action'), placeholder: t('actionPlaceholder') },
    { kind: 'text', key: 'target', label: t('target'), placeholder: t('targetPlaceholder') },
    moment('from', t('from')),
    moment('to', t('to')),
  ];
}

const moment = (key: 'from' | 'to', label: string): QueryFilter<Key> => ({
  kind: 'custom',
  key,
  label,
  editor: ({ value, onChange }) => <MomentEditor label={label} value={value} onChange={onChange} />,
  display: (value) => exactTime(value),
});

interface EditorProps {
  label: string;
  value: string | undefined;
  onChange(value: string | undefined): void;
}

/** A minute in the reader's zone; the address holds it in UTC. */
function MomentEditor({ label, value, onChange }: EditorProps) {
  const { t } = useTranslation('table');
  const [typed, setTyped] = useState(value ? localMinute(value) : '');
  const apply = () => onChange(typed ? new Date(typed).toISOString() : undefined);
  return (
    <>
      <Input
        autoFocus
        type="datetime-local"
        value={typed}
        aria-label={label}
        onChange={(event) => setTyped(event.target.value)}
        onPressEnter={apply}
      />
      <Button type="primary" onClick={apply}>
        {t('apply')}
      </Button>
    </>
  );
}

/** As the browser's own field wants it: 2025-11-20T14:05. */
const localMinute = (iso: string): string => exactTime(iso).slice(0, 16).replace(' ', 'T');
