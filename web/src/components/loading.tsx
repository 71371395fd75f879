import { Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';

/** Grey lines where text will be. */
export function Loading({ rows = 4 }: { rows?: number }) {
  const { t } = useTranslation('table');
  return (
    <div aria-busy role="status" aria-label={t('loading')}>
      <Skeleton active title={false} paragraph={{ rows }} />
    </div>
  );
}
