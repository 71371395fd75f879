import { CheckOutlined, EditOutlined, FieldTimeOutlined } from '@ant-design/icons';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Handover, ItemState } from '../../../api/handovers';
import { StateTag, type Tone } from '../../../components/state-tag';

export const planStates = ['draft', 'scheduled', 'under_way', 'done', 'cancelled'] as const;
/** In the order of a bar: who arrived, who is on the way, who did not arrive. */
export const itemStates = [
  ...(['taken_over', 'waiting', 'submitted', 'unknown', 'planned'] as const),
  ...(['refused', 'over_limit', 'failed', 'cancelled'] as const),
];
/** Ends that a person may do something about. */
export const notArrived = ['refused', 'over_limit', 'failed', 'cancelled'] as const;

const planLooks: Record<Handover['state'], { tone: Tone; icon?: ReactNode }> = {
  draft: { tone: 'neutral', icon: <EditOutlined /> },
  scheduled: { tone: 'active', icon: <FieldTimeOutlined /> },
  under_way: { tone: 'active' },
  // Ended is not yet arrived: the figures tell that.
  done: { tone: 'neutral', icon: <CheckOutlined /> },
  cancelled: { tone: 'neutral' },
};

export function PlanStateTag({ state }: { state: Handover['state'] }) {
  const { t } = useTranslation('handoverPlans');
  return <StateTag {...planLooks[state]}>{t(`planState.${state}`)}</StateTag>;
}

const itemTones: Record<ItemState, Tone> = {
  planned: 'neutral',
  submitted: 'active',
  unknown: 'person',
  waiting: 'active',
  taken_over: 'proved',
  refused: 'lost',
  over_limit: 'lost',
  failed: 'lost',
  cancelled: 'neutral',
};

/** What the state means is said on hover. */
export function ItemStateTag({ state }: { state: ItemState }) {
  const { t } = useTranslation('handoverPlans');
  return (
    <StateTag tone={itemTones[state]} title={t(`stateMeans.${state}`)}>
      {t(`state.${state}`)}
    </StateTag>
  );
}
