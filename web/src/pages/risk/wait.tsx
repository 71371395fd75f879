import { useTranslation } from 'react-i18next';

/** "20 minutes", "3.5 hours". */
export function Wait({ minutes: exact }: { minutes: number }) {
  const { t } = useTranslation('risk');
  const minutes = Math.round(exact);
  if (minutes < 1) return t('underAMinute');
  if (minutes < 60) return t('minutes', { minutes });
  return t('hours', { hours: Number((minutes / 60).toFixed(1)) });
}
