import { useTranslation } from 'react-i18next';
import { hoursIn } from './hours';

/** For a field that holds hours as text. */
export function useHoursRule() {
  const { t } = useTranslation('workingCalendar');
  return {
    validator: (_: unknown, text: string | undefined): Promise<void> =>
      hoursIn(text ?? '') ? Promise.resolve() : Promise.reject(new Error(t('hoursWrong'))),
  };
}
