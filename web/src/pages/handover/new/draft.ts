import type { Handover, NewHandover, Replan } from '../../../api/handovers';
import type { HandoverStart } from '../start';

export const extents = ['all', 'chosen', 'none'] as const;
export const distributions = ['balanced', 'round_robin', 'one'] as const;
const preferences = ['together', 'previous_contact', 'tags', 'department'] as const;
export type Preference = (typeof preferences)[number];

/** How much of what the givers hold: all of it, nothing, or these. */
export interface Extent {
  of: (typeof extents)[number];
  ids: string[];
}

export interface Taker {
  userid: string;
  capacity: number | null;
  takes: string[];
}

/** A plan as somebody fills it in. */
export interface Draft {
  name: string;
  givers: string[];
  contacts: Extent;
  groups: Extent;
  takers: Taker[];
  departments: number[];
  distribution: (typeof distributions)[number];
  /** All there are, in order of importance. */
  prefer: { key: Preference; isOn: boolean }[];
  message: string;
  second: boolean;
  carry: boolean;
  finding: number | undefined;
}

/**
 * What the address says it is about: `from` (several), `contacts`, `groups` and `finding`; of more than fits into an
 * address, the state of the navigation.
 */
export function draftOf(params: URLSearchParams, start: Partial<HandoverStart> = {}): Draft {
  const named = (name: 'contacts' | 'groups') => start[name] ?? (params.get(name) ?? '').split(',').filter(Boolean);
  const [contacts, groups] = [named('contacts'), named('groups')];
  const rest = contacts.length + groups.length > 0 ? 'none' : 'all';
  const extent = (ids: string[]): Extent => ({ of: ids.length > 0 ? 'chosen' : rest, ids });
  const finding = Number(params.get('finding'));
  return {
    ...{ name: '', message: '', takers: [], departments: [], distribution: 'balanced', second: true, carry: true },
    givers: [...new Set(params.getAll('from').filter(Boolean))],
    ...{ contacts: extent(contacts), groups: extent(groups) },
    prefer: preferences.map((key) => ({ key, isOn: key === 'together' || key === 'previous_contact' })),
    finding: Number.isInteger(finding) && finding > 0 ? finding : undefined,
  };
}

/** How a plan that is there was made, to have it decided anew. */
export function draftOfPlan({ from, successors, departments, rule }: Handover): Draft {
  const places = new Map<Preference, number>(rule.prefer.map((key, place) => [key, place]));
  const placeOf = (key: Preference) => places.get(key) ?? preferences.length;
  return {
    ...draftOf(new URLSearchParams(from.map(({ userid }) => ['from', userid]))),
    ...{ takers: successors, departments, distribution: rule.distribution },
    prefer: [...preferences].sort((a, b) => placeOf(a) - placeOf(b)).map((key) => ({ key, isOn: places.has(key) })),
  };
}

export type Missing = 'givers' | 'takers' | 'pick';

/** What has to be filled in before anything can be reckoned. */
export function missingOf({ givers, takers, departments, contacts, groups }: Draft): Missing | undefined {
  if (givers.length === 0) return 'givers';
  const isOpen = ({ of, ids }: Extent) => of === 'chosen' && ids.length === 0;
  if (isOpen(contacts) || isOpen(groups) || (contacts.of === 'none' && groups.of === 'none')) return 'pick';
  return takers.length + departments.length === 0 ? 'takers' : undefined;
}

const chosenOf = ({ of, ids }: Extent): 'all' | 'none' | string[] => (of === 'chosen' ? ids : of);

/** Who takes over, and how it is shared out. */
export const wayOf = ({ takers, departments, distribution, prefer }: Draft): Omit<Replan, 'version'> => ({
  ...{ successors: takers, departments },
  rule: { distribution, prefer: prefer.filter(({ isOn }) => isOn).map(({ key }) => key) },
});

export function bodyOf(draft: Draft): NewHandover {
  const { givers, second, carry, finding } = draft;
  const [name, message] = [draft.name.trim(), draft.message.trim()];
  return {
    ...{ from_userids: givers, ...wayOf(draft) },
    ...{ external_contacts: chosenOf(draft.contacts), group_chats: chosenOf(draft.groups) },
    ...{ second_candidate: second, carry_over: carry },
    ...(name ? { name } : {}),
    ...(message ? { message } : {}),
    ...(finding === undefined ? {} : { finding_id: finding }),
  };
}

/** A list with one entry a place earlier or later; as it is at the ends. */
export function moved<T>(list: readonly T[], place: number, by: 1 | -1): T[] {
  const next = [...list];
  const [one] = next.splice(place, 1);
  if (one !== undefined) next.splice(Math.min(list.length - 1, Math.max(0, place + by)), 0, one);
  return next;
}
