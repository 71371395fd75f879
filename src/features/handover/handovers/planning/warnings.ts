import { days } from '../../../../core/clock';
import { type Candidate, roomOf } from './candidates';
import { type Context, type Mover, type Successor, type TakerWarning, takerWarnings, type Warning } from './types';

const protectedFor = days(90);
/** WeCom moves what a leaver had for a year. */
const leaverFor = days(365);
/** More is refused with 40128. */
const mostTransfers = 2;

/** What to think of before this mover goes to this successor, who has it by now; null: to nobody. */
export function warningsOf(mover: Mover, to: Candidate | null, { now, givers }: Context): Warning[] {
  const departed = givers.get(mover.from)?.departed_at ?? null;
  const left = departed !== null && departed <= now ? now.getTime() - departed.getTime() : null;
  const unless = (warning: Warning, fine: boolean): Warning[] => (fine ? [] : [warning]);
  const since = mover.last_transfer_at ? now.getTime() - mover.last_transfer_at.getTime() : null;
  return [
    ...unless('in_another_handover', !mover.in_another_handover),
    ...unless('protected_90_days', left !== null || since === null || since > protectedFor),
    ...unless('two_transfers', mover.transfers_in_90_days < mostTransfers),
    ...aboutRelation(mover, left !== null),
    ...unless('left_over_a_year', left === null || left <= leaverFor),
    ...unless('open_findings', mover.open_findings === 0),
    ...aboutTaker(mover, to, to ? roomOf(to) : 0),
  ];
}

/**
 * Of an item of a plan, what to think of now that it goes to this successor: what is of the mover stays.
 * @param room what is left of the capacity, with this one given; below 0 it is one too many
 */
export const rewarned = (
  before: readonly Warning[],
  mover: Pick<Mover, 'kind' | 'known_to'>,
  to: Successor | null,
  room: number,
): Warning[] => {
  const isOfTaker = (warning: Warning) => (takerWarnings as readonly Warning[]).includes(warning);
  return [...before.filter((warning) => !isOfTaker(warning)), ...aboutTaker(mover, to, room)];
};

function aboutTaker(
  { kind, known_to }: Pick<Mover, 'kind' | 'known_to'>,
  to: Successor | null,
  room: number,
): TakerWarning[] {
  if (!to) return ['nobody'];
  const warnings = aboutSuccessor(to);
  if (room < 0) warnings.push('over_capacity');
  if (kind === 'external_contact' && known_to.includes(to.userid)) warnings.push('already_friends');
  return warnings;
}

/** Of who left, nothing else matters. */
function aboutSuccessor({ serving, follows, active, refused_with }: Successor): TakerWarning[] {
  if (!serving) return ['successor_left'];
  const warnings: TakerWarning[] = [];
  if (!follows) warnings.push('successor_not_following');
  if (!active) warnings.push('successor_inactive');
  if (refused_with !== null) warnings.push('successor_refused');
  return warnings;
}

function aboutRelation({ kind, relation_state: state }: Mover, left: boolean): Warning[] {
  if (state === 'active') return [];
  if (kind === 'group_chat') return ['not_connected'];
  if (state === 'deleted_by_external') return ['deleted_by_external'];
  if (left) return state === 'unassigned' ? [] : ['not_connected'];
  return [state === 'half' ? 'half' : 'not_connected'];
}
