import type { Relation } from '../../api';
import type { Evidence } from '../../components/state-tag';

/** States in which the member still serves the contact. */
const current: readonly Relation['state'][] = ['active', 'half'];

export const isCurrent = ({ state }: Relation): boolean => current.includes(state);

/** The relation that began last. */
export const newestOf = (relations: readonly Relation[]): Relation | undefined =>
  relations.reduce<Relation | undefined>(
    (newest, one) => (newest && newest.started_at >= one.started_at ? newest : one),
    undefined,
  );

/** Those that hold first, then the newest first. */
export const inOrder = (relations: readonly Relation[]): Relation[] =>
  [...relations].sort(
    (a, b) => Number(isCurrent(b)) - Number(isCurrent(a)) || b.started_at.localeCompare(a.started_at),
  );

export type RelationTag = Relation['tags'][number];

/** All tags that any member gave, each once. */
export function tagsOf(relations: readonly Relation[]): RelationTag[] {
  const tags = new Map(relations.flatMap((relation) => relation.tags.map((tag) => [tagKey(tag), tag])));
  return [...tags.values()];
}

/** Personal tags have no id; two members may use the same name. */
export const tagKey = ({ tag_id, type, name }: RelationTag): string => tag_id ?? `${type}:${name}`;

/** Inferred states are drawn outlined: nobody told us, comparing did. */
const inferred: readonly Relation['state'][] = ['missing', 'out_of_scope'];

export const evidenceOf = ({ state, absent_since }: Relation): Evidence =>
  absent_since || inferred.includes(state) ? 'derived' : 'official';
