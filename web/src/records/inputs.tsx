import { Form, Input, InputNumber, Select, Switch, TreeSelect } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWord } from '../lib/use-word';
import { useCategoryTree } from './category';
import { useDictionary } from './dictionary';
import { unitsOf } from './money';
import { roomOf } from './paths';
import { useRecords } from './record-api';
import styles from './records.module.css';
import { textOf } from './types';

/** What a form item hands to the field inside it. */
export interface Given<T> {
  id?: string;
  value?: T | null;
  onChange?(next: T | null): void;
}

const named = (id: string | undefined) => (id ? { id } : {});

export function DictionaryField({
  id,
  value,
  onChange,
  dictionary,
  label,
}: Given<string> & { dictionary: string; label?: string }) {
  const { items } = useDictionary(dictionary);
  return (
    <Select
      {...named(id)}
      {...(label ? { 'aria-label': label } : {})}
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      value={value ?? null}
      onChange={(next: string | undefined) => onChange?.(next ?? null)}
      // What may no longer be chosen stays where it is.
      options={items
        .filter((item) => item.active || item.value === value)
        .map(({ value: code, label }) => ({ value: code, label }))}
    />
  );
}

interface RecordFieldProps extends Given<string> {
  of: string;
  /** The name of the one that is chosen already. */
  name?: string;
}

/** Finds another record by name, code or number. */
export function RecordPicker({ id, value, onChange, of, name }: RecordFieldProps) {
  const { t } = useTranslation('records');
  const [typed, setTyped] = useState('');
  const found = useRecords(roomOf(of), { limit: '20', ...(typed.trim() ? { q: typed.trim() } : {}) });
  const options = (found.data?.items ?? []).map((record) => ({ value: record.id, label: textOf(record, 'name') }));
  const isKnown = !value || options.some((option) => option.value === value);
  return (
    <Select
      {...named(id)}
      allowClear
      showSearch={{ filterOption: false, onSearch: setTyped }}
      placeholder={t('findRecord')}
      value={value ?? null}
      loading={found.isFetching}
      onChange={(next: string | undefined) => onChange?.(next ?? null)}
      options={isKnown ? options : [{ value: value ?? '', label: name || value }, ...options]}
    />
  );
}

export function CategoryField({ id, value, onChange }: Given<string>) {
  return (
    <TreeSelect
      {...named(id)}
      allowClear
      treeDefaultExpandAll
      {...(value ? { value } : {})}
      onChange={(next: string | undefined) => onChange?.(next ?? null)}
      treeData={useCategoryTree()}
    />
  );
}

/** Major units on the screen, minor units in the value. */
export function MoneyField({ id, value, onChange }: Given<number>) {
  const currency = Form.useWatch<string | undefined>('currency') || 'CNY';
  const units = unitsOf(currency);
  return (
    <InputNumber<number>
      {...named(id)}
      style={{ width: '100%' }}
      min={0}
      precision={Math.round(Math.log10(units))}
      suffix={currency}
      value={value === null || value === undefined ? null : value / units}
      onChange={(next) => onChange?.(next === null ? null : Math.round(next * units))}
    />
  );
}

export const SwitchField = ({ id, value, onChange }: Given<boolean>) => (
  <Switch {...named(id)} checked={value === true} onChange={(next) => onChange?.(next)} />
);

export const ListField = ({ id, value, onChange }: Given<string[]>) => (
  <Select
    {...named(id)}
    mode="tags"
    open={false}
    suffixIcon={null}
    tokenSeparators={[',', '，', '、', ' ']}
    value={value ?? []}
    onChange={(next: string[]) => onChange?.(next)}
  />
);

type Parts = Record<string, string | number | undefined>;

/** Without its empty parts; nothing when none is left. */
function trimmed(parts: Parts): Parts | null {
  const filled = Object.entries(parts).filter(([, part]) => part !== undefined && part !== '');
  return filled.length > 0 ? Object.fromEntries(filled) : null;
}

/** A small thing of a few lines of text, such as an address. */
export function PartsField({ id, value, onChange, parts }: Given<Parts> & { parts: readonly string[] }) {
  const wordOf = useWord('records');
  const now = value ?? {};
  return (
    <div className={styles.parts}>
      {parts.map((part, place) => (
        <Input
          key={part}
          {...(place === 0 ? named(id) : {})}
          aria-label={wordOf(`part.${part}`) ?? part}
          placeholder={wordOf(`part.${part}`) ?? part}
          autoComplete="off"
          className={part === 'street' ? styles.wholeLine : undefined}
          value={now[part] ?? ''}
          onChange={({ target }) => onChange?.(trimmed({ ...now, [part]: target.value }))}
        />
      ))}
    </div>
  );
}

const from = (most: number) => Array.from({ length: most }, (_, i) => ({ value: i + 1, label: i + 1 }));

/** A birthday, of a year that may be unknown. */
export function BirthdayField({ id, value, onChange }: Given<Parts>) {
  const { t } = useTranslation('records');
  const now = value ?? {};
  const set = (part: Parts) => {
    const next: Parts = { calendar: 'solar', ...now, ...part };
    onChange?.(trimmed(next.month || next.day || next.year ? next : { calendar: undefined }));
  };
  const number = (name: 'month' | 'day', most: number) => (
    <Select
      aria-label={t(`part.${name}`)}
      placeholder={t(`part.${name}`)}
      allowClear
      value={(now[name] as number | undefined) ?? null}
      options={from(most)}
      onChange={(next: number | undefined) => set({ [name]: next })}
    />
  );
  return (
    <div className={styles.birthday}>
      <Select
        {...named(id)}
        aria-label={t('part.calendar')}
        value={String(now.calendar ?? 'solar')}
        options={(['solar', 'lunar'] as const).map((value) => ({ value, label: t(value) }))}
        onChange={(calendar) => set({ calendar })}
      />
      <InputNumber
        aria-label={t('part.year')}
        placeholder={t('part.year')}
        controls={false}
        value={(now.year as number | undefined) ?? null}
        onChange={(next) => set({ year: next ?? undefined })}
      />
      {number('month', 12)}
      {number('day', 31)}
    </div>
  );
}
