import type { RelationState } from './external-contacts.entity';

/** What can happen between a staff member and an external contact. */
export const factKinds = [
  'half_added',
  'added',
  'staff_deleted',
  'external_deleted',
  'transferred_out',
  'unassigned',
  'out_of_scope',
  'in_scope',
  'missing',
  'reappeared',
] as const;
export type FactKind = (typeof factKinds)[number];

export interface Fact {
  kind: FactKind;
  occurred_at: Date;
  /** What else was said of it: goes into the history and changes no state. */
  detail?: object;
}

/** What the history amounts to. */
export interface Folded {
  state: RelationState;
  spell: number;
  started_at: Date;
  ended_at: Date | null;
  /** Never confirmed by the staff member: no list shows the pair, whatever became of it. */
  half: boolean;
}

/** An add this much later than the start of an open spell is a new one: the deletion between was never told. */
export const sameAddMs = 5000;

/**
 * Folds the facts of one pair into its state (violations 2.1). Facts are sorted by when they happened, so any order
 * of arrival ends in the same state (I5).
 * @param facts at least one
 */
export function fold(facts: readonly Fact[]): Folded {
  const sorted = [...facts].sort((a, b) => a.occurred_at.getTime() - b.occurred_at.getTime());
  const relation = new Spells();
  for (const fact of sorted) relation.apply(fact);
  return relation.result();
}

type Mark = 'staff' | 'external' | 'transferred' | 'unassigned' | 'scope' | 'missing';

class Spells {
  #spell = 0;
  #half = false;
  #started: Date | null = null;
  readonly #marks = new Map<Mark, Date>();

  apply({ kind, occurred_at: at }: Fact): void {
    if (this.#spell === 0 && !isAdd(kind)) this.#begin(at, false);
    if (isAdd(kind)) this.#add(kind, at);
    else if (kind === 'in_scope') this.#marks.delete('scope');
    else if (kind === 'reappeared') this.#reappear(at);
    else this.#mark(markOf[kind], at);
  }

  result(): Folded {
    const ends = [...this.#marks.values()].map((at) => at.getTime());
    return {
      state: this.#state(),
      spell: this.#spell,
      started_at: this.#started ?? new Date(0),
      ended_at: ends.length > 0 ? new Date(Math.min(...ends)) : null,
      half: this.#half,
    };
  }

  #add(kind: 'added' | 'half_added', at: Date): void {
    const later = at.getTime() - (this.#started?.getTime() ?? 0) > sameAddMs;
    const open = this.#spell > 0 && this.#marks.size === 0;
    if (open && this.#half && kind === 'added') this.#half = false;
    else if (!open || later) this.#begin(at, kind === 'half_added');
  }

  #begin(at: Date, half: boolean): void {
    this.#spell += 1;
    this.#half = half;
    this.#started = at;
    this.#marks.clear();
  }

  #mark(mark: Mark, at: Date): void {
    // A transfer that failed gives the customer back to the list of those whom nobody was given yet.
    if (mark === 'unassigned') this.#marks.delete('transferred');
    if (!this.#marks.has(mark)) this.#marks.set(mark, at);
  }

  /** WeCom's list shows it again: what we had inferred or been told of a loss no longer holds. */
  #reappear(at: Date): void {
    if (this.#marks.has('staff') || this.#marks.has('transferred')) this.#begin(at, false);
    else for (const mark of ['missing', 'scope', 'unassigned'] as const) this.#marks.delete(mark);
  }

  #state(): RelationState {
    const has = (mark: Mark) => this.#marks.has(mark);
    if (has('transferred')) return 'transferred_out';
    if (has('staff')) return has('external') ? 'deleted_by_both' : 'deleted_by_staff';
    // WeCom names for assignment whom a successor can have, whatever we heard of a deletion.
    if (has('unassigned')) return 'unassigned';
    // The list goes on showing whom the external contact deleted: if it does not, more was lost.
    if (has('missing')) return 'missing';
    if (has('external')) return 'deleted_by_external';
    if (has('scope')) return 'out_of_scope';
    return this.#half ? 'half' : 'active';
  }
}

export const isAdd = (kind: FactKind): kind is 'added' | 'half_added' => kind === 'added' || kind === 'half_added';

const markOf = {
  staff_deleted: 'staff',
  external_deleted: 'external',
  transferred_out: 'transferred',
  unassigned: 'unassigned',
  out_of_scope: 'scope',
  missing: 'missing',
} as const satisfies Partial<Record<FactKind, Mark>>;

/** States in which WeCom's list of the staff member still holds the pair. */
export const listedStates: readonly RelationState[] = ['half', 'active', 'deleted_by_external'];
