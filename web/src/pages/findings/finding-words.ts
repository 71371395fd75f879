import { useTranslation } from 'react-i18next';
import { textOf } from '../../lib/detail';
import { useWord } from '../../lib/use-word';

/** Those the list can be asked for. */
export const detectors = [
  'CUSTOMER_DELETED_BY_STAFF',
  'CUSTOMER_MISSING',
  'STAFF_DELETED_BY_CUSTOMER',
  'EXFILTRATION',
  'ARCHIVE_EVASION',
] as const;

/** What a detector finds, in words; its code where there are none. */
export function useDetectorName(): (code: string) => string {
  const wordOf = useWord('findings');
  return (code) => wordOf(`detectorOf.${code}`) ?? code;
}

/** What lay behind the severity, each with its name; as the server spells it where there are no words. */
export function useFeatures(): (features: Readonly<Record<string, unknown>>) => { label: string; value: string }[] {
  const { t } = useTranslation('findings');
  const wordOf = useWord('findings');
  const said = (name: string, value: unknown) =>
    typeof value === 'boolean' ? t(value ? 'yes' : 'no') : (wordOf(`codeOf.${name}.${value}`) ?? textOf(value));
  return (features) =>
    Object.entries(features).map(([name, value]) => ({
      label: wordOf(`featureOf.${name}`) ?? name,
      value: said(name, value),
    }));
}
