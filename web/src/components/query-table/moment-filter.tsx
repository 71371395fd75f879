import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { exactTime } from '../../lib/time';
import type { CustomFilter } from './types';

/** A filter whose value is an instant: `filters={[momentFilter('from', t('from'))]}`. */
export const momentFilter = <F extends string>(key: F, label: string): CustomFilter<F> => ({
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
