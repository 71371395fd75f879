import { useTranslation } from 'react-i18next';
import { useWord } from '../../lib/use-word';
import { measureText } from './feature-text';

/** Those the list can be asked for. */
export const detectors = [
  'CUSTOMER_DELETED_BY_STAFF',
  'CUSTOMER_MISSING',
  'STAFF_DELETED_BY_CUSTOMER',
  'DELETE_READD',
  'MASS_DELETE',
  'RECALL',
  'RECALL_ORPHAN',
  'GROUP_DISMISSED',
  'GROUP_MEMBER_REMOVED',
  'GROUP_OWNER_CHANGED',
  'GROUP_DARK',
  'ARCHIVE_EVASION',
  'CHAT_DARK',
  'ONE_SIDED',
  'DEPARTURE_RISK',
  'DEPARTURE_LEAK',
  'EXFILTRATION',
  'LOCAL_CHAT_DELETED',
  'ATTESTATION_GAP',
  'FEIDAN',
  'PRIVATE_PAYMENT',
  'CONTENT_RULE',
] as const;

/** What a detector finds, in words; its code where there are none. */
export function useDetectorName(): (code: string) => string {
  const wordOf = useWord('findings');
  return (code) => wordOf(`detectorOf.${code}`) ?? code;
}

/** What lay behind the severity, each with its name; as the server spells it where there are no words. */
export function useFeatures(): (features: Readonly<Record<string, unknown>>) => { label: string; value: string }[] {
  const { t } = useTranslation('findings');
  const { t: tc } = useTranslation();
  const wordOf = useWord('findings');
  const nameOf = useDetectorName();
  const said = (name: string, value: unknown): string => {
    if (typeof value === 'boolean') return t(value ? 'yes' : 'no');
    if (Array.isArray(value)) return value.map((one) => said(name, one)).join(tc('listSeparator'));
    return wordOf(`codeOf.${name}.${value}`) ?? nameOf(measureText(name, value));
  };
  return (features) =>
    Object.entries(features).map(([name, value]) => ({
      label: wordOf(`featureOf.${name}`) ?? name,
      value: said(name, value),
    }));
}
