import type { Staff } from './types';

interface Entry {
  handover: Staff;
  /** Undefined while waiting. */
  outcome: string | undefined;
}

/** Transfers in the order in which they were asked for, found by what is handed over and by whom. */
export class TransferBook<T extends Entry, Subject> implements Iterable<T> {
  readonly #all: T[] = [];
  readonly #bySubject = new Map<Subject, T[]>();
  readonly #byGiver = new Map<Staff, T[]>();
  #settled = 0;

  constructor(private readonly subjectOf: (transfer: T) => Subject) {}

  add(transfer: T): void {
    this.#all.push(transfer);
    file(this.#bySubject, this.subjectOf(transfer), transfer);
    file(this.#byGiver, transfer.handover, transfer);
  }

  [Symbol.iterator](): Iterator<T> {
    return this.#all.values();
  }

  of(subject: Subject): readonly T[] {
    return this.#bySubject.get(subject) ?? [];
  }

  /** By the userid of today. Givers are few, and change their names. */
  givenBy(userid: string): T[] {
    const wanted = userid.toLowerCase();
    return [...this.#byGiver].flatMap(([giver, given]) => (giver.userid.toLowerCase() === wanted ? given : []));
  }

  /** The oldest that has not settled: they settle in the order of their requests. */
  waiting(): T | undefined {
    while (this.#all[this.#settled]?.outcome !== undefined) this.#settled += 1;
    return this.#all[this.#settled];
  }
}

function file<K, T>(index: Map<K, T[]>, key: K, entry: T): void {
  const filed = index.get(key);
  if (filed) filed.push(entry);
  else index.set(key, [entry]);
}
