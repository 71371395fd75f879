import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import styles from './conversation.module.css';

/** A new day begins, in the reader's zone. */
export function DayRow({ at }: { at: string }) {
  const { i18n } = useTranslation();
  const weekday = new Intl.DateTimeFormat(i18n.language, { weekday: 'short' }).format(new Date(at));
  return (
    <h3 className={styles.day}>
      {dayjs(at).format('YYYY-MM-DD')} {weekday}
    </h3>
  );
}
