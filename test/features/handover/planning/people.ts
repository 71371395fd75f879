import { days } from '../../../../src/core/clock';
import {
  type Choice,
  type Giver,
  type Mover,
  plan,
  type Rule,
  type Successor,
} from '../../../../src/features/handover/handovers/planning';

export const now = new Date('2026-03-02T02:00:00Z');
export const daysAgo = (n: number): Date => new Date(now.getTime() - days(n));

/** A customer of li, who has left, of whom nothing else is known. */
export const contact = (id: string, unusual: Partial<Mover> = {}): Mover => ({
  ...{ kind: 'external_contact', id, from: 'li', tags: [], together: [], known_to: [], formerly_known_to: [] },
  ...{ weight: 1, transfers_in_90_days: 0, last_transfer_at: null, relation_state: 'unassigned', open_findings: 0 },
  in_another_handover: false,
  ...unusual,
});

export const chat = (id: string, together: string[], unusual: Partial<Mover> = {}): Mover =>
  contact(id, { kind: 'group_chat', relation_state: 'active', together, ...unusual });

export const contacts = (count: number): Mover[] => Array.from({ length: count }, (_, i) => contact(`w${i + 1}`));

/** Somebody who may take anything. */
export const successor = (userid: string, unusual: Partial<Successor> = {}): Successor => ({
  ...{ userid, departments: [], capacity: null, load: 0, takes: [] },
  ...{ serving: true, follows: true, active: true, refused_with: null },
  ...unusual,
});

export const rule = (distribution: Rule['distribution'], unusual: Partial<Rule> = {}): Rule => ({
  ...{ distribution, prefer: [], by_hand: {} },
  ...unusual,
});

/** Li left a week ago and sun serves; both are in department 7. */
export const givers = new Map<string, Giver>([
  ['li', { departed_at: daysAgo(7), departments: [7] }],
  ['sun', { departed_at: null, departments: [7] }],
]);

export const planned = (movers: readonly Mover[], successors: readonly Successor[], by: Rule): Choice[] =>
  plan(movers, successors, by, { now, givers });

/** Who gets each, in order. */
export const whoGets = (choices: readonly Choice[]): (string | null)[] => choices.map(({ to }) => to);
