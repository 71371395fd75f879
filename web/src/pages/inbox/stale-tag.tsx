import { ClockCircleOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { StateTag } from '../../components/state-tag';

/** The clocks of sender and receiver disagree about this event. */
export function StaleTag() {
  const { t } = useTranslation('inbox');
  return (
    <StateTag tone="person" icon={<ClockCircleOutlined />} title={t('staleHint')}>
      {t('stale')}
    </StateTag>
  );
}
