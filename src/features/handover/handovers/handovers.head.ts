import { iso, isoOrNull } from '../../../http/schema';
import type { Handover } from './handovers.entity';
import type { HandoverView } from './handovers.schema';
import type { Giver } from './handovers.store';

/** A handover that may not be stored yet. */
export type Row = Omit<Handover, 'id'> & { id: string | null };
export type Way = Pick<HandoverView, 'successors' | 'departments' | 'rule'>;

/** What a handover has whether it is seen by itself or in a list. */
export const headOf = (
  row: Row,
  givers: readonly Omit<Giver, 'handover_id'>[],
): Omit<HandoverView, 'summary' | 'items' | 'reversed_by' | keyof Way> => ({
  ...{ id: row.id, name: row.name, state: row.state, version: row.version, dry_run: false },
  from: givers.map(({ userid, name, departed_at }) => ({ userid, name, departed_at: isoOrNull(departed_at) })),
  ...{ message: row.message, second_candidate: row.second_candidate, carry_over: row.carry_over },
  ...{ scheduled_for: isoOrNull(row.scheduled_for), finding_id: row.finding_id, reverses_id: row.reverses_id },
  ...{ created_by: row.created_by, created_at: iso(row.created_at) },
  ...{ submitted_at: isoOrNull(row.submitted_at), ended_at: isoOrNull(row.ended_at) },
});

/** How it was decided who gets what. Of older handovers everybody counts as named. */
export function wayOf(row: Handover): Way {
  const { distribution, prefer, departments = [] } = JSON.parse(row.rule);
  const successors: (HandoverView['successors'][number] & { named?: boolean })[] = JSON.parse(row.successors);
  return {
    ...{ rule: { distribution, prefer }, departments },
    successors: successors
      .filter(({ named = true }) => named)
      .map(({ userid, capacity, takes }) => ({ userid, capacity, takes })),
  };
}
