import { useTranslation } from 'react-i18next';
import { useWord } from '../../lib/use-word';

/** How somebody was added, in words; a number that WeCom has added since is shown as it is. */
export function useAddWay(): (code: number) => string {
  const { t } = useTranslation('externalContacts');
  const wordOf = useWord('externalContacts');
  return (code) => wordOf(`addWay.${code}`) ?? t('addWayUnknown', { code });
}
