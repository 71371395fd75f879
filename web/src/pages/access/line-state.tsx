import { CheckOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { ReportingEdge } from '../../api';
import { StateTag } from '../../components/state-tag';

/** Whether a line is followed. */
export function LineState({ edge }: { edge: ReportingEdge }) {
  const { t } = useTranslation('access');
  if (edge.closes_cycle) {
    return (
      <StateTag tone="person" title={t('closesCycleHint')}>
        {t('closesCycle')}
      </StateTag>
    );
  }
  const isOver = edge.until !== null && new Date(edge.until) <= new Date();
  return (
    <StateTag tone="neutral" icon={isOver ? undefined : <CheckOutlined />}>
      {t(isOver ? 'ended' : 'effective')}
    </StateTag>
  );
}
