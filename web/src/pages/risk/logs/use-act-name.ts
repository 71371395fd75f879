import { useTranslation } from 'react-i18next';
import type { SecurityRecord } from '../../../api/security-records';
import { useWord } from '../../../lib/use-word';

/** What a line tells, in words; WeCom's number where there are none. The administrators' log tells it by its detail. */
export function useActName(): (row: Pick<SecurityRecord, 'source' | 'type' | 'detail_type'>) => string {
  const { t } = useTranslation('securityRecords');
  const wordOf = useWord('securityRecords');
  return ({ source, type, detail_type }) => {
    const code = source === 'admin_log' ? (detail_type ?? type) : type;
    return wordOf(`actOf.${source}.${code}`) ?? t('actOther', { code });
  };
}
