import { client } from './client';
import type { Category } from './types';

/** All of a tree, page after page. */
export async function wholeTree(kind: Category['kind']): Promise<Category[]> {
  const found: Category[] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const query = { kind, limit: 200, ...(cursor ? { cursor } : {}) };
    const { data } = await client.GET('/categories', { params: { query } });
    found.push(...(data?.items ?? []));
    cursor = data?.next_cursor ?? null;
  }
  return found;
}
