import {
  branchKeys,
  type DepartmentNode,
  departmentNodes,
  pathTo,
  pruned,
} from '../../web/src/pages/staff/department-nodes';

interface Department {
  id: number;
  parent_id: number | null;
  order: number;
  deleted_at: string | null;
}

const department = (id: number, parent_id: number | null): Department => ({
  id,
  parent_id,
  order: 100 - id,
  deleted_at: null,
});

const company = [department(4, 2), department(2, 1), department(3, 1), department(1, null), department(5, 4)];

/** `1(2(4(5)) 3)` */
const shape = (nodes: readonly DepartmentNode<Department>[]): string =>
  nodes.map(({ key, children }) => key + (children.length > 0 ? `(${shape(children)})` : '')).join(' ');

test('departments stand under their parents, greater order first', () => {
  expect(shape(departmentNodes(company))).toBe('1(2(4(5)) 3)');
  const turned = company.map((one) => (one.id === 3 ? { ...one, order: 1000 } : one));
  expect(shape(departmentNodes(turned))).toBe('1(3 2(4(5)))');
});

test('a department whose parent is unknown or deleted stands at the top, a deleted one nowhere', () => {
  const deleted = company.map((one) => (one.id === 2 ? { ...one, deleted_at: '2025-11-20T00:00:00.000Z' } : one));
  expect(shape(departmentNodes(deleted))).toBe('1(3) 4(5)');
  expect(shape(departmentNodes([department(7, 99)]))).toBe('7');
});

test('a search keeps the way to what fits and everything below it', () => {
  const nodes = departmentNodes(company);
  expect(shape(pruned(nodes, ({ id }) => id === 4))).toBe('1(2(4(5)))');
  expect(shape(pruned(nodes, () => false))).toBe('');
  expect(shape(nodes)).toBe('1(2(4(5)) 3)');
});

test('a link to a department opens what is above it', () => {
  const nodes = departmentNodes(company);
  expect(pathTo(nodes, '5')).toEqual(['1', '2', '4']);
  expect(pathTo(nodes, '1')).toEqual([]);
  expect(pathTo(nodes, '99')).toEqual([]);
  expect(branchKeys(nodes)).toEqual(['1', '2', '4']);
});
