import { useTranslation } from 'react-i18next';
import type { Relation } from '../api/sidebar';

type State = Relation['state'];

/** Red is what was lost, amber what waits for somebody. */
const tones: Partial<Record<State, 'lost' | 'person'>> = {
  deleted_by_staff: 'lost',
  deleted_by_external: 'lost',
  deleted_by_both: 'lost',
  missing: 'lost',
  half: 'person',
  unassigned: 'person',
  out_of_scope: 'person',
};

/** How a relation stands, in words. */
export function StateChip({ state }: { state: State }) {
  const { t } = useTranslation('states');
  return <span className={`state ${tones[state] ?? ''}`}>{t(`relation.${state}`)}</span>;
}
