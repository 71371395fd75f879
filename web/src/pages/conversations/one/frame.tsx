import { Watermark } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../../api';
import { exactTime } from '../../../lib/time';
import styles from './conversation.module.css';

interface Props {
  /** In place of the height of a window. */
  className?: string | undefined;
  children: ReactNode;
}

/** Whoever photographs the screen photographs who looked, and when (S18). */
export function Frame({ className = styles.frame, children }: Props) {
  const { t } = useTranslation('conversations');
  const name = useSession().data?.name ?? '';
  const [time] = useState(() => exactTime(new Date().toISOString()).slice(0, 16));
  return (
    <Watermark
      className={className ?? ''}
      content={t('watermark', { name, time })}
      gap={[120, 96]}
      font={{ fontSize: 13, color: 'rgba(128,128,128,0.16)' }}
    >
      {children}
    </Watermark>
  );
}
