import { createHash } from 'node:crypto';
import { Refusal } from './fault';

const badCursor = (): Refusal => new Refusal(50100, 'invalid cursor', 'argument');

const digest = (scope: string, position: string): string =>
  createHash('sha1').update(`${scope}\n${position}`).digest('base64url').slice(0, 12);

/** Packs how far a walk has come. `scope` is what the cursor belongs to: the API and its arguments. */
export function encodeCursor(scope: string, position: readonly number[]): string {
  const text = position.join('.');
  return Buffer.from(`${digest(scope, text)}.${text}`).toString('base64url');
}

/** @returns the position, zeros for an empty cursor. @throws Refusal 50100 for a cursor of another walk, or a made-up one */
export function decodeCursor(scope: string, cursor: string, length: number): number[] {
  if (cursor === '') return Array.from({ length }, () => 0);
  const [seal, ...parts] = Buffer.from(cursor, 'base64url').toString().split('.');
  if (seal !== digest(scope, parts.join('.')) || parts.length !== length) throw badCursor();
  return parts.map(Number);
}

/** A page of `rows` ordered by `serial`, after the given serial. Rows may come and go between two pages. */
export function pageAfter<T extends { readonly serial: number }>(
  rows: Iterable<T>,
  after: number,
  limit: number,
): { page: T[]; more: boolean } {
  const page: T[] = [];
  for (const row of rows) {
    if (row.serial <= after) continue;
    if (page.length === limit) return { page, more: true };
    page.push(row);
  }
  return { page, more: false };
}
