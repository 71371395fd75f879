import { useTranslation } from 'react-i18next';
import type { HandoverItem } from '../../../api/handovers';
import { useWord } from '../../../lib/use-word';

/** The codes of a plan in words. What this console has none for is called unknown, never by its code. */
export function usePlanWords() {
  const { t } = useTranslation('handoverPlans');
  const { t: tc } = useTranslation();
  const wordOf = useWord('handoverPlans');
  const known = (area: string, code: string): string => wordOf(`${area}.${code}`) ?? tc('unknown');
  const errcode = (code: number): string => wordOf(`errcodeOf.${code}`) ?? t('errcodeOther');
  return {
    because: (codes: readonly string[]): string =>
      codes.map((code) => known('becauseOf', code)).join(tc('listSeparator')),
    warning: (code: string): string => known('warningOf', code),
    warningDo: (code: string): string => wordOf(`warningDo.${code}`) ?? '',
    advice: (code: string): string => wordOf(`adviceOf.${code}`) ?? '',
    errcode,
    /** Why it did not arrive, or what WeCom said last; nothing where all is well. */
    cause({ state, reason, errcode: code }: Pick<HandoverItem, 'state' | 'reason' | 'errcode'>): string | undefined {
      if (reason !== null) return t(`reasonOf.${reason}`);
      if (code !== null && code !== 0 && state !== 'taken_over') return errcode(code);
      return undefined;
    },
  };
}
