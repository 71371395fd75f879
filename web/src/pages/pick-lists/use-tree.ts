import { useQuery } from '@tanstack/react-query';
import { type Category, invalidate } from '../../api';
import { wholeTree } from '../../api/categories';

export const kinds = ['customer', 'product', 'complaint', 'knowledge'] as const;
export type CategoryKind = (typeof kinds)[number];
export const deepest = 4;

/** A whole tree: every category after its parent. */
export const useTree = (kind: CategoryKind) =>
  useQuery({ queryKey: ['get', '/categories', kind], queryFn: () => wholeTree(kind) });

export const renewTree = () => invalidate('/categories');

/** A category as it may be sent back. */
export const sent = ({ name, parent_id, color, active, version }: Category) => ({
  ...{ name, parent_id, color, active, version },
});

/** Those that stand where it stands, in their order. */
export const siblingsOf = (all: readonly Category[], { parent_id }: Category): Category[] =>
  all.filter((one) => one.parent_id === parent_id);

/** The category and all under it. */
export function branchOf(all: readonly Category[], top: string): Set<string> {
  const branch = new Set([top]);
  for (const { id, parent_id } of all) if (parent_id !== null && branch.has(parent_id)) branch.add(id);
  return branch;
}
