import { useTranslation } from 'react-i18next';
import type { ReviewProfile } from '../../api';

/** "每人 5% · 新成员（30 天内）20% · 指定 2 人 50% · 正常结论再抽 10%" */
export function useRuleWords(): (rules: ReviewProfile['rules']) => string {
  const { t } = useTranslation('reviews');
  return ({ percent, new_staff, named, second_line_percent }) =>
    [
      t('rule.all', { percent }),
      ...(new_staff ? [t('rule.newStaff', new_staff)] : []),
      ...(named ? [t('rule.named', { percent: named.percent, count: named.userids.length })] : []),
      t('rule.secondLine', { percent: second_line_percent }),
    ].join(' · ');
}
