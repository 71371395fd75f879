import type { Department } from '../../api';

export interface DepartmentNode {
  key: string;
  department: Department;
  children: DepartmentNode[];
}

/** The departments that exist, as a tree in WeCom's order; what has no known parent stands at the top. */
export function departmentNodes(departments: readonly Department[]): DepartmentNode[] {
  const existing = departments.filter(({ deleted_at }) => !deleted_at);
  const nodes = new Map(
    existing.map((department) => [department.id, { key: String(department.id), department, children: [] }]),
  ) as Map<number, DepartmentNode>;
  const roots: DepartmentNode[] = [];
  for (const node of nodes.values()) {
    const parent = node.department.parent_id === null ? undefined : nodes.get(node.department.parent_id);
    (parent ? parent.children : roots).push(node);
  }
  for (const node of nodes.values()) node.children.sort(inOrder);
  return roots.sort(inOrder);
}

/** Greater numbers first, as WeCom sorts them. */
const inOrder = (a: DepartmentNode, b: DepartmentNode): number =>
  b.department.order - a.department.order || a.department.id - b.department.id;

/** The part of the tree that leads to what fits; everything below a fit stays. */
export function pruned(nodes: readonly DepartmentNode[], fits: (department: Department) => boolean): DepartmentNode[] {
  return nodes.flatMap((node) => {
    if (fits(node.department)) return [node];
    const children = pruned(node.children, fits);
    return children.length > 0 ? [{ ...node, children }] : [];
  });
}

/** The keys of all nodes that have something below them. */
export const branchKeys = (nodes: readonly DepartmentNode[]): string[] =>
  nodes.flatMap((node) => (node.children.length > 0 ? [node.key, ...branchKeys(node.children)] : []));
