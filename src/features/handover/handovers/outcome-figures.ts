import { days, hours } from '../../../core/clock';
import type { ItemState } from './handovers.entity';
import type { Figures } from './outcome.schema';

type Lost = keyof Figures['lost'];

/** An item with what happened to it and afterwards. */
export interface Followed {
  state: ItemState;
  /** When the successor took it over. */
  since: Date | null;
  /** Since then, oldest first. */
  facts: readonly { kind: string; at: Date }[];
  /** When the successor first wrote. */
  written: Date | null;
  /** Whether a successor was refused, this one or another before. */
  refused: boolean;
}

/** After that a customer who goes is no loss of the handover. */
export const watchMs = days(90);

const losses: ReadonlyMap<string, Lost> = new Map([
  ['external_deleted', 'deleted_by_external'],
  ['staff_deleted', 'deleted_by_staff'],
  ['missing', 'missing'],
]);

/** How the relation stood when the 90 days were over, or stands now: who came back is not lost. */
function lossOf({ since, facts }: Followed): Lost | undefined {
  if (since === null) return undefined;
  const last = facts.filter(({ at }) => at.getTime() <= since.getTime() + watchMs).at(-1);
  return last && losses.get(last.kind);
}

export function figuresOf(items: readonly Followed[]): Figures {
  const count = (...states: ItemState[]) => items.filter(({ state }) => states.includes(state)).length;
  const arrived = items.filter(({ state }) => state === 'taken_over');
  const lost = { deleted_by_external: 0, deleted_by_staff: 0, missing: 0 };
  for (const item of arrived) {
    const loss = lossOf(item);
    if (loss) lost[loss] += 1;
  }
  const waits = arrived.flatMap(({ since, written }) =>
    since && written ? [(written.getTime() - since.getTime()) / hours(1)] : [],
  );
  const refused = items.filter((item) => item.refused).length;
  const decided = items.filter((item) => item.refused || item.state === 'taken_over').length;
  return {
    ...{ total: items.length, taken_over: arrived.length, refused, over_limit: count('over_limit') },
    ...{ failed: count('failed'), cancelled: count('cancelled') },
    open: count('planned', 'submitted', 'unknown', 'waiting'),
    refusal_rate: rateOf(refused, decided),
    lost,
    loss_rate: rateOf(lost.deleted_by_external + lost.deleted_by_staff + lost.missing, arrived.length),
    written_to: waits.length,
    median_hours_to_first_message: medianOf(waits),
  };
}

const rateOf = (part: number, whole: number): number | null => (whole === 0 ? null : rounded(part / whole, 4));

const rounded = (value: number, digits: number): number => Math.round(value * 10 ** digits) / 10 ** digits;

function medianOf(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.slice(Math.floor((sorted.length - 1) / 2), Math.floor(sorted.length / 2) + 1);
  if (middle.length === 0) return null;
  return rounded(middle.reduce((sum, value) => sum + value, 0) / middle.length, 2);
}
