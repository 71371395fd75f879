import { httpError } from '../../../http/errors';
import type { Category } from './categories.entity';
import { categoryError } from './categories.errors';
import { deepest } from './categories.schema';

export type Node = Omit<Category, 'kind' | 'created_at' | 'updated_at'>;

/** Those under one, or at the top, in their order. */
export const childrenOf = <T extends Node>(nodes: readonly T[], parent: string | null): T[] =>
  nodes.filter(({ parent_id }) => parent_id === parent).sort((one, other) => one.position - other.position);

/** Every node after its parent and in the order people see, with its level from 1. */
export function inOrder<T extends Node>(nodes: readonly T[], parent: string | null = null, level = 1): [T, number][] {
  return childrenOf(nodes, parent).flatMap((node) => [
    [node, level] as [T, number],
    ...inOrder(nodes, node.id, level + 1),
  ]);
}

/** From the top down to the node itself. Of a circle every member comes once. */
export function pathTo<T extends Node>(nodes: readonly T[], id: string): T[] {
  const path: T[] = [];
  let node = nodes.find((one) => one.id === id);
  while (node && !path.includes(node)) {
    path.unshift(node);
    const above = node.parent_id;
    node = nodes.find((one) => one.id === above);
  }
  return path;
}

/** How many levels the node and all under it have. */
const heightOf = (nodes: readonly Node[], id: string): number =>
  1 + Math.max(0, ...childrenOf(nodes, id).map((child) => heightOf(nodes, child.id)));

const fault = (path: string, rule: string, message: string) => httpError('validation', [{ path, rule, message }]);

/**
 * Refuses a place where the node would stand under itself, too deep, or beside one of its name.
 * @param nodes of the tree as it was
 * @throws http.validation, category.name_taken
 */
export function assertPlace(nodes: readonly Node[], node: Node): void {
  const above = node.parent_id === null ? [] : pathTo(nodes, node.parent_id);
  if (node.parent_id !== null && above.length === 0) throw fault('parent_id', 'not_found', 'there is no such category');
  if (above.some(({ id }) => id === node.id)) throw fault('parent_id', 'cycle', 'a category cannot stand under itself');
  if (above.length + heightOf(nodes, node.id) > deepest) {
    throw fault('parent_id', 'depth', `a tree has at most ${deepest} levels`);
  }
  const name = keyOf(node.name);
  const siblings = childrenOf(nodes, node.parent_id).filter(({ id }) => id !== node.id);
  if (siblings.some((one) => keyOf(one.name) === name)) throw categoryError('name_taken', { name: node.name });
}

const keyOf = (name: string): string => name.normalize('NFKC').toLowerCase();

/** The siblings with the node at its place among them, numbered from 0. */
export function withPlace<T extends Node>(nodes: readonly T[], node: T, position = Number.POSITIVE_INFINITY): T[] {
  const siblings = childrenOf(nodes, node.parent_id).filter(({ id }) => id !== node.id);
  return siblings.toSpliced(position, 0, node).map((one, place) => ({ ...one, position: place }));
}
