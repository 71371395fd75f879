import { useTranslation } from 'react-i18next';
import { ageText, exactTime, shortTime } from '../lib/time';
import { useNow } from '../lib/use-now';

interface Props {
  at: string | null | undefined;
  /** Shown where there is no instant; a dash if not given. */
  none?: string;
}

/** 14:05, yesterday 14:05, 11-20 14:05, 2025-11-20; the exact time on hover. */
export function TimeText({ at, none = '–' }: Props) {
  const { t } = useTranslation();
  if (!at) return <span>{none}</span>;
  const { day, text } = shortTime(at, new Date());
  return (
    <time dateTime={at} title={exactTime(at)} style={{ whiteSpace: 'nowrap' }}>
      {day === 'yesterday' ? t('yesterday', { time: text }) : text}
    </time>
  );
}

/** "3 minutes ago", moving on by itself; the exact time on hover. */
export function AgeText({ at, none = '–' }: Props) {
  const { t, i18n } = useTranslation();
  const now = useNow();
  if (!at) return <span>{none}</span>;
  return (
    <time dateTime={at} title={exactTime(at)} style={{ whiteSpace: 'nowrap' }}>
      {ageText(at, now, i18n.language) || t('justNow')}
    </time>
  );
}
