import { CloseOutlined } from '@ant-design/icons';
import { Button, Input, Popover } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './query-table.module.css';
import type { QueryFilter } from './types';

interface ChipProps {
  filter: QueryFilter<string>;
  value: string | undefined;
  /** Just added: its editor is open and there is no value yet. */
  fresh: boolean;
  onChange(value: string | undefined): void;
  onDismiss(): void;
}

/** One condition that reads like words: "状态 是 已删除". A click changes it, the cross removes it. */
export function FilterChip({ filter, value, fresh, onChange, onDismiss }: ChipProps) {
  const { t } = useTranslation('table');
  const [editing, setEditing] = useState(fresh);
  const toggle = (next: boolean) => {
    setEditing(next);
    if (!next && !value) onDismiss();
  };
  const change = (next: string | undefined) => {
    setEditing(false);
    if (next) onChange(next);
    else onDismiss();
  };
  return (
    <span className={styles.chip}>
      <Popover
        open={editing}
        onOpenChange={toggle}
        trigger="click"
        placement="bottomLeft"
        arrow={false}
        destroyOnHidden
        content={<FilterEditor filter={filter} value={value} onChange={change} />}
      >
        <button type="button" className={styles.chipText} aria-label={t('editFilter', { label: filter.label })}>
          {value ? <ChipWords filter={filter} value={value} /> : t('pick', { label: filter.label })}
        </button>
      </Popover>
      <button
        type="button"
        className={styles.chipClose}
        aria-label={t('clearFilter', { label: filter.label })}
        onClick={onDismiss}
      >
        <CloseOutlined />
      </button>
    </span>
  );
}

function ChipWords({ filter, value }: { filter: QueryFilter<string>; value: string }) {
  const { t } = useTranslation('table');
  // The value may be an element (a name that is looked up), so the sentence is cut where it stands.
  const [before, after] = t('is', { label: filter.label, value: '\u0000' }).split('\u0000');
  return (
    <>
      <span className={styles.quiet}>{before}</span>
      {valueWords(filter, value)}
      <span className={styles.quiet}>{after}</span>
    </>
  );
}

export function valueWords(filter: QueryFilter<string>, value: string): ReactNode {
  if (filter.kind === 'custom') return filter.display(value);
  if (filter.kind === 'text') return value;
  return filter.options.find((option) => option.value === value)?.label ?? value;
}

interface EditorProps {
  filter: QueryFilter<string>;
  value: string | undefined;
  onChange(value: string | undefined): void;
}

function FilterEditor({ filter, value, onChange }: EditorProps) {
  if (filter.kind === 'custom') return <div className={styles.editor}>{filter.editor({ value, onChange })}</div>;
  if (filter.kind === 'text') return <TextEditor filter={filter} value={value} onChange={onChange} />;
  return (
    <div className={styles.options} role="listbox" aria-label={filter.label}>
      {filter.options.map((option) => (
        <button
          key={option.value}
          type="button"
          role="option"
          aria-selected={option.value === value}
          className={styles.option}
          onClick={() => onChange(option.value)}
        >
          {option.label}
        </button>
      ))}
    </div>
  );
}

function TextEditor({ filter, value, onChange }: EditorProps) {
  const { t } = useTranslation('table');
  const [text, setText] = useState(value ?? '');
  const apply = () => onChange(text.trim() || undefined);
  const placeholder = filter.kind === 'text' ? filter.placeholder : undefined;
  return (
    <div className={styles.editor}>
      <Input
        autoFocus
        value={text}
        maxLength={64}
        aria-label={filter.label}
        placeholder={placeholder ?? ''}
        onChange={(event) => setText(event.target.value)}
        onPressEnter={apply}
      />
      <Button type="primary" onClick={apply}>
        {t('apply')}
      </Button>
    </div>
  );
}
