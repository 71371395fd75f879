import type { By } from '../../kernel/approvals';
import { departureError } from './departures.errors';

/** A member of staff, as those who own tables of subjects look them up. */
export interface Person {
  /** Ours. */
  id: string;
  userid: string;
}

/** What of somebody can be theirs beside external contacts and group chats: the feature that owns its table says so. */
export interface HandoverSubject {
  /** approval, api_token, webhook, finding_review … */
  kind: string;
  /** What the staff member owns now, with a title that names nobody who is concerned. */
  of(staff: Person): Promise<Owned[]>;
  /** Runs inside the caller's transaction. Moves it, ends it (a token is revoked, not given on), or leaves it. */
  hand(id: string, to: Person | null, by: By): Promise<Handed>;
}

export interface Owned {
  /** Of its table. */
  id: string;
  title: string;
  /** Where in the console it is shown. */
  link: string | null;
  /** Whether `hand` can do anything with it. */
  movable: boolean;
}

export type Handed = 'moved' | 'ended' | 'left';

export type Subject = Owned & { kind: string };

export type Subjects = ReturnType<typeof createSubjects>;

/** Everything that features say is somebody's. */
export function createSubjects(all: readonly HandoverSubject[]) {
  return {
    async of(staff: Person): Promise<Subject[]> {
      const lists = await Promise.all(
        all.map(async (subject) => (await subject.of(staff)).map((one) => ({ kind: subject.kind, ...one }))),
      );
      return lists.flat();
    },

    /** Must run inside `transact`. @throws departure.unknown_subject, not_theirs */
    async hand(staff: Person, order: { kind: string; ids: readonly string[]; to: Person | null }, by: By) {
      const subject = all.find(({ kind }) => kind === order.kind);
      if (!subject) throw departureError('unknown_subject', { kind: order.kind });
      const owned = new Set((await subject.of(staff)).map(({ id }) => id));
      const strange = order.ids.filter((id) => !owned.has(id));
      if (strange.length > 0) throw departureError('not_theirs', { ids: strange });
      const items: { id: string; outcome: Handed }[] = [];
      for (const id of order.ids) items.push({ id, outcome: await subject.hand(id, order.to, by) });
      return items;
    },
  };
}
