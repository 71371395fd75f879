import { useTranslation } from 'react-i18next';
import type { Staff } from '../../api';

/** Whether the member has the 客户联系 function. */
export function Follows({ staff }: { staff: Staff }) {
  const { t } = useTranslation('staff');
  const known = staff.follows_external;
  return (
    <span title={t('followsHint')}>{t(known === null ? 'follows.unknown' : known ? 'follows.yes' : 'follows.no')}</span>
  );
}
