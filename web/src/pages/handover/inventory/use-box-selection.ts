import { useState } from 'react';
import { useCan } from '../../../api';
import type { Departure } from '../../../api/departures';
import type { RowSelection } from '../../../components/query-table';

/** Rows to choose for a handover; none where nobody may, or nothing has to be handed over any more. */
export function useBoxSelection<T>({ state }: Departure, box: NonNullable<RowSelection<T>['box']>) {
  const may = useCan('handovers:manage') && (state === 'planned' || state === 'left');
  const [chosen, choose] = useState<string[]>([]);
  return { chosen, clear: () => choose([]), ...(may ? { selection: { chosen, choose, box } } : {}) };
}
