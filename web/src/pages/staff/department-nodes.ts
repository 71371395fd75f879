/** What the tree looks at; every department has it. */
interface Placed {
  id: number;
  parent_id: number | null;
  order: number;
  deleted_at: string | null;
}

export interface DepartmentNode<D extends Placed> {
  key: string;
  department: D;
  children: DepartmentNode<D>[];
}

/** The departments that exist, as a tree in WeCom's order; what has no known parent stands at the top. */
export function departmentNodes<D extends Placed>(departments: readonly D[]): DepartmentNode<D>[] {
  const nodes = new Map<number, DepartmentNode<D>>();
  for (const department of departments) {
    if (!department.deleted_at) nodes.set(department.id, { key: String(department.id), department, children: [] });
  }
  const roots: DepartmentNode<D>[] = [];
  for (const node of nodes.values()) {
    const parent = node.department.parent_id === null ? undefined : nodes.get(node.department.parent_id);
    (parent ? parent.children : roots).push(node);
  }
  for (const node of nodes.values()) node.children.sort(inOrder);
  return roots.sort(inOrder);
}

/** Greater numbers first, as WeCom sorts them. */
const inOrder = ({ department: a }: DepartmentNode<Placed>, { department: b }: DepartmentNode<Placed>): number =>
  b.order - a.order || a.id - b.id;

/** The part of the tree that leads to what fits; everything below a fit stays. */
export function pruned<D extends Placed>(
  nodes: readonly DepartmentNode<D>[],
  fits: (department: D) => boolean,
): DepartmentNode<D>[] {
  return nodes.flatMap((node) => {
    if (fits(node.department)) return [node];
    const children = pruned(node.children, fits);
    return children.length > 0 ? [{ ...node, children }] : [];
  });
}

/** The keys of all nodes that have something below them. */
export const branchKeys = <D extends Placed>(nodes: readonly DepartmentNode<D>[]): string[] =>
  nodes.flatMap((node) => (node.children.length > 0 ? [node.key, ...branchKeys(node.children)] : []));

/** The keys of the nodes above one, from the top; none if it is not in the tree. */
export function pathTo<D extends Placed>(nodes: readonly DepartmentNode<D>[], key: string | undefined): string[] {
  for (const node of nodes) {
    if (node.children.some((child) => child.key === key)) return [node.key];
    const below = pathTo(node.children, key);
    if (below.length > 0) return [node.key, ...below];
  }
  return [];
}
