import { Segmented } from 'antd';
import { useTranslation } from 'react-i18next';

const modes = ['now', 'daily', 'off'] as const;
export type ModeKey = (typeof modes)[number];

interface Props {
  /** What it is for whoever hears the page. */
  label: string;
  id?: string;
  value?: ModeKey;
  onChange?(next: ModeKey): void;
}

export function ModeField({ label, value = 'now', onChange }: Props) {
  const { t } = useTranslation('notifications');
  return (
    <Segmented
      size="small"
      aria-label={label}
      value={value}
      options={modes.map((mode) => ({ value: mode, label: t(`mode.${mode}`) }))}
      onChange={(next) => onChange?.(next as ModeKey)}
    />
  );
}
