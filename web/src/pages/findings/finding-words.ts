import { useTranslation } from 'react-i18next';
import { useWord } from '../../lib/use-word';

/** What a detector finds, in words; its code where there are none. */
export function useDetectorName(): (code: string) => string {
  const wordOf = useWord('findings');
  return (code) => wordOf(`detectorOf.${code}`) ?? code;
}

/** Every detector that the list can be asked for, with its name. A test compares the words with the server's codes. */
export function useDetectors(): { value: string; label: string }[] {
  const { t } = useTranslation('findings');
  const names = t('detectorOf', { returnObjects: true });
  return Object.entries(names).map(([value, label]) => ({ value, label }));
}
