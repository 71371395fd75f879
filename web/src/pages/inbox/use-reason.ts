import { useTranslation } from 'react-i18next';
import { useWord } from '../../lib/use-word';

/** What the server writes into `error`, and what the reader is told. */
const reasons = [
  ['unknown event, kept as it came', 'unknown'],
  ['not part of this product', 'notProduct'],
  ['the app offers nothing that this event could concern', 'notProduct'],
  ['for service providers only', 'provider'],
  ['tags of staff members are not mirrored', 'staffTags'],
  ['the app does not read messages', 'appMessages'],
  ['the message is not XML that can be read', 'badXml'],
  ['its body is no longer kept', 'bodyGone'],
] as const;

const waitsFor = 'waits for: ';

/** Why an event was ignored or parked, in the reader's language; an answer of WeCom is shown as it came. */
export function useReason(): (error: string | null) => string {
  const { t } = useTranslation('inbox');
  const wordOf = useWord('inbox');
  return (error) => {
    if (!error) return '';
    if (error.startsWith(waitsFor)) {
      const name = error.slice(waitsFor.length);
      return t('waitsFor', { feature: wordOf(`feature.${name}`) ?? name });
    }
    const key = reasons.find(([text]) => text === error)?.[1];
    return key ? t(`reasonText.${key}`) : error;
  };
}
