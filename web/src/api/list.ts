import { client } from './client';
import type { paths } from './schema';

type Body<P extends keyof paths> = paths[P] extends {
  get: { responses: { 200: { content: { 'application/json': infer B } } } };
}
  ? B
  : never;
type Query<P extends keyof paths> = paths[P] extends { get: { parameters: { query?: infer Q } } }
  ? NonNullable<Q>
  : never;
type PathParams<P extends keyof paths> = paths[P] extends { get: { parameters: { path: infer V } } } ? V : undefined;

/** Every address that answers `{ items, next_cursor }`. */
export type ListPath = {
  [P in keyof paths]: Body<P> extends { items: unknown[]; next_cursor: string | null } ? P : never;
}[keyof paths];

export type ItemOf<P extends ListPath> = Body<P> extends { items: (infer T)[] } ? T : never;
/** The names of the filters a list knows. */
export type FilterOf<P extends ListPath> = Exclude<keyof Query<P>, 'limit' | 'cursor'> & string;

export interface Page<T> {
  items: T[];
  next_cursor: string | null;
}

/** A list of the contract, as the query table reads it. */
export interface ListSource<T, F extends string> {
  /** Begins like the keys of `api.useQuery`, so `invalidate('/staff')` reaches the table too. */
  key: readonly [method: 'get', path: keyof paths, params: unknown];
  /** Every answer is written down on the server: it is asked for when the reader asks, never by itself. */
  recorded?: boolean;
  /** Only types: which filters exist. */
  filters?: F;
  load(query: Record<string, string>, signal: AbortSignal): Promise<Page<T>>;
}

type Load<T> = (query: Record<string, string>, signal: AbortSignal) => Promise<Page<T>>;

/** A search stops before its page is full when it has looked through enough: then it goes on from there. */
function wholePages<T>(ask: Load<T>): Load<T> {
  return async (query, signal) => {
    const items: T[] = [];
    for (let rest = query; ; ) {
      const page = await ask(rest, signal);
      items.push(...page.items);
      const { next_cursor } = page;
      if (!next_cursor || !query.limit || items.length >= Number(query.limit)) return { items, next_cursor };
      rest = { ...query, limit: String(Number(query.limit) - items.length), cursor: next_cursor };
    }
  };
}

/** Makes `GET path` a source for the query table: `listOf('/staff')`, `listOf('/group-chats/{chat_id}/history', { chat_id })`. */
export function listOf<P extends ListPath>(path: P, params?: PathParams<P>): ListSource<ItemOf<P>, FilterOf<P>> {
  return {
    key: ['get', path, params ?? null],
    load: wholePages(async (query, signal) => {
      // Boundary: the client cannot follow a path that is a type parameter; `ListPath` has checked the shape.
      const init = { params: { query, path: params }, signal } as never;
      const { data } = await client.GET(path as never, init);
      return data as unknown as Page<ItemOf<P>>;
    }),
  };
}

/** As `listOf`, for a list whose every answer is recorded: nothing is asked before there is a condition. */
export function recordedListOf<P extends ListPath>(path: P): ListSource<ItemOf<P>, FilterOf<P>> {
  const source = listOf(path);
  return {
    ...source,
    recorded: true,
    load: async ({ limit = '', ...conditions }, signal) =>
      Object.keys(conditions).length > 0
        ? source.load({ ...conditions, limit }, signal)
        : { items: [], next_cursor: null },
  };
}

/** The lists that may be asked for in a body, by `POST path/search`. */
type SearchPath = { [P in ListPath]: `${P}/search` extends keyof paths ? P : never }[ListPath];

/** As `listOf`, without telling what is looked for in an address: those are logged on the way. */
export function searchOf<P extends SearchPath>(path: P): ListSource<ItemOf<P>, FilterOf<P>> {
  return {
    key: ['get', path, null],
    load: wholePages(async ({ limit, ...filters }, signal) => {
      // Boundary, as above.
      const init = { body: { ...filters, ...(limit ? { limit: Number(limit) } : {}) }, signal } as never;
      const { data } = await client.POST(`${path}/search` as never, init);
      return data as unknown as Page<ItemOf<P>>;
    }),
  };
}

/** A list that is short and knows no filters: it is read to its end, and they are applied here, by `fits`. */
export function wholeListOf<P extends ListPath, F extends string>(
  path: P,
  fits: (item: ItemOf<P>, values: Partial<Record<F, string>>) => boolean,
): ListSource<ItemOf<P>, F> {
  const source = listOf(path);
  return {
    key: source.key,
    async load(values, signal) {
      const items: ItemOf<P>[] = [];
      for (let cursor: string | null | undefined; cursor !== null; ) {
        const page = await source.load(cursor ? { cursor } : {}, signal);
        items.push(...page.items);
        cursor = page.next_cursor;
      }
      return { items: items.filter((item) => fits(item, values as Partial<Record<F, string>>)), next_cursor: null };
    },
  };
}
