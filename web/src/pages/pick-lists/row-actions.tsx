import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, EditOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './pick-lists.module.css';

interface Props {
  name: string;
  /** Left out where there is nothing above or below it. */
  onUp?: (() => void) | undefined;
  onDown?: (() => void) | undefined;
  onEdit(): void;
  /** Left out for what always stays. */
  onRemove?: (() => void) | undefined;
  isBusy?: boolean;
  /** Before the others. */
  children?: ReactNode;
}

/** What can be done with a row, always at the same places. */
export function RowActions({ name, onUp, onDown, onEdit, onRemove, isBusy = false, children }: Props) {
  const { t } = useTranslation('pickLists');
  const acts = [
    { text: t('up', { name }), icon: <ArrowUpOutlined />, act: onUp },
    { text: t('down', { name }), icon: <ArrowDownOutlined />, act: onDown },
    { text: t('edit', { name }), icon: <EditOutlined />, act: onEdit },
    { text: t('remove', { name }), icon: <DeleteOutlined />, act: onRemove },
  ];
  return (
    <span className={styles.actions}>
      {children}
      {acts.map(({ text, icon, act }) => (
        <Button
          key={text}
          type="text"
          size="small"
          icon={icon}
          aria-label={text}
          title={text}
          disabled={isBusy || !act}
          onClick={act}
        />
      ))}
    </span>
  );
}
