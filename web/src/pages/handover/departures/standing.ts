/** What is still theirs, and what became of the rest. */
export interface Counts {
  external_contacts: { movable: number };
  group_chats: { owned: number };
  subjects: number;
  in_handover: number;
  moved: number;
  exceptions: number;
}

/** Of a departure what its standing hangs on. */
export interface Leaving {
  userid: string;
  name: string | null;
  state: 'planned' | 'left' | 'returned' | 'called_off';
  last_day: string | null;
  departed_at: string | null;
  movable_until: string | null;
  created_at: string;
  counts: Counts;
}

/** overdue: days ago, and something waits · left: just now · expired: WeCom moves nothing more · done: nothing waits · over: they stayed or came back */
export const stands = ['overdue', 'left', 'planned', 'expired', 'done', 'over'] as const;
export type Stand = (typeof stands)[number];

const dayMs = 86_400_000;
/** How long after somebody left what was theirs may wait. */
const graceDays = 3;

/** What can still be given to somebody. */
export const waitingIn = ({ external_contacts, group_chats, subjects }: Counts): number =>
  external_contacts.movable + group_chats.owned + subjects;

/** Where nobody can tell when somebody left, it is when we heard of it. */
export const leftAt = ({ departed_at, created_at }: Pick<Leaving, 'departed_at' | 'created_at'>): string =>
  departed_at ?? created_at;

export const daysSince = (at: string, now: Date): number => Math.floor((now.getTime() - Date.parse(at)) / dayMs);

export function standOf(departure: Leaving, now: Date): Stand {
  const { state, movable_until, counts } = departure;
  if (state === 'planned') return 'planned';
  if (state !== 'left') return 'over';
  if (waitingIn(counts) === 0) return 'done';
  if (movable_until !== null && Date.parse(movable_until) < now.getTime()) return 'expired';
  return now.getTime() - Date.parse(leftAt(departure)) > graceDays * dayMs ? 'overdue' : 'left';
}

/** Calendar days from today in the reader's zone until a day; negative when it is over. */
export function daysUntil(day: string, now: Date): number {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const today = Date.UTC(now.getFullYear(), now.getMonth(), now.getDate());
  return Math.round((Date.UTC(year, month - 1, date) - today) / dayMs);
}

interface Wanted {
  stand?: string;
  q?: string;
}

/** Whom a search or a tab is about; without a tab all whose things wait. The most urgent first. */
export function arranged<T extends Leaving>(departures: readonly T[], { stand, q }: Wanted, now: Date): T[] {
  const typed = q?.trim().toLowerCase();
  return departures
    .map((departure) => ({ departure, at: standOf(departure, now) }))
    .filter(({ at }) => (stand === undefined ? at !== 'done' : at === stand))
    .filter(({ departure }) => !typed || `${departure.name ?? ''} ${departure.userid}`.toLowerCase().includes(typed))
    .sort((a, b) => stands.indexOf(a.at) - stands.indexOf(b.at) || nearer(a.at, a.departure, b.departure))
    .map(({ departure }) => departure);
}

/** Of those who wait the longest waiting first, of what is over the newest. */
function nearer(stand: Stand, one: Leaving, other: Leaving): number {
  if (stand === 'planned') return (one.last_day ?? '9999').localeCompare(other.last_day ?? '9999');
  const order = leftAt(one).localeCompare(leftAt(other));
  return stand === 'done' || stand === 'over' ? -order : order;
}

/** How far a departure is: what arrived, what is on its way, what failed, and what nobody has touched. */
export function sharesOf(counts: Counts) {
  const { moved, in_handover, exceptions } = counts;
  const untouched = Math.max(0, waitingIn(counts) - in_handover - exceptions);
  return { moved, underWay: in_handover, exceptions, untouched };
}
