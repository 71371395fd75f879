import { useTranslation } from 'react-i18next';
import type { Texts } from '../i18n';

/** Looks up a text whose key is only known at run time, such as a code of WeCom's; undefined where there are no words for it. */
export function useWord(area: keyof Texts): (key: string) => string | undefined {
  const { i18n } = useTranslation(area);
  return (key) => {
    const word: unknown = i18n.getResource(i18n.language, area, key);
    return typeof word === 'string' ? word : undefined;
  };
}
