// Knows only the fields it looks at, so that it needs nothing of the console around it.

interface Spell {
  state: string;
  started_at: string;
  absent_since: string | null;
}

interface Tag {
  tag_id: string | null;
  name: string | null;
  type: string;
}

/** States in which the member still serves the contact. */
const current = ['active', 'half'];

export const isCurrent = ({ state }: Spell): boolean => current.includes(state);

/** The relation that began last. */
export const newestOf = <R extends Spell>(relations: readonly R[]): R | undefined =>
  relations.reduce<R | undefined>(
    (newest, one) => (newest && newest.started_at >= one.started_at ? newest : one),
    undefined,
  );

/** Those that hold first, then the newest first. */
export const inOrder = <R extends Spell>(relations: readonly R[]): R[] =>
  [...relations].sort(
    (a, b) => Number(isCurrent(b)) - Number(isCurrent(a)) || b.started_at.localeCompare(a.started_at),
  );

/** All tags that any member gave, each once. */
export function tagsOf<T extends Tag>(relations: readonly { tags: readonly T[] }[]): T[] {
  const tags = new Map(relations.flatMap((relation) => relation.tags.map((tag) => [tagKey(tag), tag])));
  return [...tags.values()];
}

/** Personal tags have no id; two members may use the same name. */
export const tagKey = ({ tag_id, type, name }: Tag): string => tag_id ?? `${type}:${name}`;

/** Nobody told us of these, comparing did; they are drawn outlined. */
const inferred = ['missing', 'out_of_scope'];

export const evidenceOf = ({ state, absent_since }: Spell): 'official' | 'derived' =>
  absent_since || inferred.includes(state) ? 'derived' : 'official';
