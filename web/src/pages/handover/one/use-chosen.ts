import { useState } from 'react';
import type { NamedItems } from '../../../api/handovers';
import { useItemFilter } from './use-item-filter';

/** Which items an act is about: those that were ticked, or whatever the conditions of the list fit. */
export function useChosen() {
  const { filter, isFiltered } = useItemFilter();
  const [ids, setIds] = useState<string[]>([]);
  const [fitting, setFitting] = useState<string>();
  const conditions = JSON.stringify(filter);
  // Other conditions fit others.
  const isFitting = fitting === conditions;
  const items: NamedItems | undefined = isFitting
    ? { filter }
    : ids.length > 0
      ? { item_ids: ids.map(Number) }
      : undefined;
  return {
    ids,
    isFitting,
    isFiltered,
    /** Undefined while nothing is chosen. */
    items,
    choose(next: string[]) {
      setFitting(undefined);
      setIds(next);
    },
    chooseFitting: () => setFitting(conditions),
    clear() {
      setFitting(undefined);
      setIds([]);
    },
  };
}

export type Chosen = ReturnType<typeof useChosen>;
