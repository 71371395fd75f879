import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Input, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { NumberSeries } from '../../api';
import styles from './pick-lists.module.css';

export type Part = NumberSeries['parts'][number];

const starts: Record<Part['kind'], Part> = {
  text: { kind: 'text', text: '-' },
  date: { kind: 'date', format: 'YYYY' },
  counter: { kind: 'counter', width: 4 },
};
const kinds = ['text', 'date', 'counter'] as const;
const formats = ['YYYY', 'YY', 'MM', 'DD'] as const;
const most = 8;

interface Props {
  parts: Part[];
  onChange(parts: Part[]): void;
}

/** What a number is made of, one part below the other. */
export function PartsField({ parts, onChange }: Props) {
  const { t } = useTranslation('pickLists');
  return (
    <>
      <ol className={styles.parts}>
        {parts.map((part, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a part is nothing but its place.
          <li key={at} className={styles.part}>
            <Select
              aria-label={t('pattern')}
              value={part.kind}
              options={kinds.map((value) => ({ value, label: t(`partOf.${value}`) }))}
              onChange={(kind) => onChange(parts.with(at, starts[kind]))}
            />
            <PartField part={part} onChange={(changed) => onChange(parts.with(at, changed))} />
            <PartActions at={at} parts={parts} onChange={onChange} />
          </li>
        ))}
      </ol>
      <Button icon={<PlusOutlined />} disabled={parts.length >= most} onClick={() => onChange([...parts, starts.text])}>
        {t('addPart')}
      </Button>
    </>
  );
}

function PartField({ part, onChange }: { part: Part; onChange(part: Part): void }) {
  const { t } = useTranslation('pickLists');
  if (part.kind === 'text') {
    return (
      <Input
        aria-label={t('textLabel')}
        value={part.text}
        maxLength={12}
        autoComplete="off"
        onChange={({ target }) => onChange({ ...part, text: target.value })}
      />
    );
  }
  if (part.kind === 'date') {
    return (
      <Select
        aria-label={t('dateLabel')}
        value={part.format}
        options={formats.map((value) => ({ value, label: t(`formatOf.${value}`) }))}
        onChange={(format) => onChange({ ...part, format })}
      />
    );
  }
  return (
    <InputNumber
      aria-label={t('widthLabel')}
      style={{ width: '100%' }}
      min={1}
      max={10}
      precision={0}
      value={part.width}
      onChange={(width) => onChange({ ...part, width: width ?? 1 })}
    />
  );
}

function PartActions({ at, parts, onChange }: Props & { at: number }) {
  const { t } = useTranslation('pickLists');
  const place = at + 1;
  const rest = parts.toSpliced(at, 1);
  const moved = (by: 1 | -1) => rest.toSpliced(at + by, 0, ...parts.slice(at, at + 1));
  const acts = [
    { text: t('partUp', { place }), icon: <ArrowUpOutlined />, next: moved(-1), off: at === 0 },
    { text: t('partDown', { place }), icon: <ArrowDownOutlined />, next: moved(1), off: place === parts.length },
    { text: t('partRemove', { place }), icon: <DeleteOutlined />, next: rest, off: parts.length === 1 },
  ];
  return (
    <span className={styles.actions}>
      {acts.map(({ text, icon, next, off }) => (
        <Button
          key={text}
          type="text"
          icon={icon}
          aria-label={text}
          title={text}
          disabled={off}
          onClick={() => onChange(next)}
        />
      ))}
    </span>
  );
}
