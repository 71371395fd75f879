import { Checkbox, Input, InputNumber, Select, TimePicker } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { wordsIn } from '../../../word-lists/words';
import { type Hours, weekdays } from '../rule-words';
import styles from '../rules.module.css';
import { useWordLists } from '../use-sentence';

/** What a form item hands to the field inside it. */
interface Given<T> {
  id?: string;
  value?: T;
  onChange?(next: T): void;
}

/** Several texts, one a line. */
export function LinesField({ id, value = [], onChange, rows = 2 }: Given<string[]> & { rows?: number }) {
  const [text, setText] = useState(value.join('\n'));
  return (
    <Input.TextArea
      {...(id ? { id } : {})}
      autoSize={{ minRows: rows, maxRows: 12 }}
      spellCheck={false}
      autoComplete="off"
      value={text}
      onChange={({ target }) => {
        setText(target.value);
        onChange?.(wordsIn(target.value));
      }}
    />
  );
}

export function WordListsField({ id, value = [], onChange }: Given<string[]>) {
  const { data, isFetching } = useWordLists();
  return (
    <Select
      {...(id ? { id } : {})}
      mode="multiple"
      showSearch={{ optionFilterProp: 'label' }}
      style={{ width: '100%' }}
      value={value}
      loading={isFetching}
      disabled={!data}
      options={data?.items.map((list) => ({ value: list.id, label: list.name })) ?? []}
      onChange={(next) => onChange?.(next)}
    />
  );
}

/** Typed in yuan; its value is in fen. */
export function YuanField({ id, value, onChange }: Given<number | null>) {
  const { t } = useTranslation('rules');
  return (
    <InputNumber
      {...(id ? { id } : {})}
      min={0.01}
      precision={2}
      suffix={t('yuan')}
      style={{ width: 180 }}
      value={typeof value === 'number' ? value / 100 : null}
      onChange={(yuan) => onChange?.(yuan === null ? null : Math.round(yuan * 100))}
    />
  );
}

const working: Omit<Hours, 'when'> = { weekdays: [1, 2, 3, 4, 5], from: '09:00', to: '18:00' };
/** A time of day on no day in particular. */
const clock = (time: string) => dayjs(`2000-01-01T${time}`);

/** The hours a rule holds in, or out of which; null: it always does. */
export function HoursField({ id, value = null, onChange }: Given<Hours | null>) {
  const { t } = useTranslation('rules');
  const change = (part: Partial<Hours>) => onChange?.({ ...working, when: 'in', ...value, ...part });
  return (
    <div className={styles.hours}>
      <Select
        {...(id ? { id } : {})}
        style={{ width: 220 }}
        value={value?.when ?? 'any'}
        options={(['any', 'in', 'out'] as const).map((when) => ({ value: when, label: t(`hoursOf.${when}`) }))}
        onChange={(when: 'any' | Hours['when']) => (when === 'any' ? onChange?.(null) : change({ when }))}
      />
      {value && (
        <>
          <Checkbox.Group
            aria-label={t('weekdays')}
            value={value.weekdays}
            options={weekdays.map((day) => ({ value: day, label: t(`weekday.d${day}`) }))}
            onChange={(days) => change({ weekdays: days })}
          />
          <TimePicker.RangePicker
            aria-label={t('clock')}
            style={{ width: 220 }}
            format="HH:mm"
            minuteStep={15}
            allowClear={false}
            order={false}
            value={[clock(value.from), clock(value.to)]}
            onChange={(range) => {
              const [from, to] = range ?? [];
              if (from && to) change({ from: from.format('HH:mm'), to: to.format('HH:mm') });
            }}
          />
        </>
      )}
    </div>
  );
}
