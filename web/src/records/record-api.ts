import { useQuery } from '@tanstack/react-query';
import { api, type ListSource, queryClient } from '../api';
import { client } from '../api/client';
import type { paths } from '../api/schema';
import type { RecordChange, RecordRow, RecordType, Values } from './types';

/** What the types of records hold changes with a release or a role: both mean a new page. */
const settled = { staleTime: 300_000 };

export function useRecordType(key: string) {
  const { data, error, refetch } = api.useQuery('get', '/record-types', {}, settled);
  const types: readonly RecordType[] = data?.items ?? [];
  return { type: types.find((type) => type.key === key), isKnown: data !== undefined, types, error, refetch };
}

type Page<T> = { items: T[]; next_cursor: string | null };
type Ask = { query?: Record<string, string>; body?: Values; signal?: AbortSignal };

/** Boundary: the contract knows each type of record by its own address; which one it is, is said at run time. */
async function send<T>(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', address: string, ask: Ask = {}): Promise<T> {
  const { query, body, signal } = ask;
  const init = { params: { query }, ...(body ? { body } : {}), ...(signal ? { signal } : {}) } as never;
  const { data } = await client.request(method.toLowerCase() as never, `/${address}` as never, init);
  return data as T;
}

const addressOf = (path: string, id: string): string => `${path}/${encodeURIComponent(id)}`;
// Begins like the keys of `api.useQuery`.
const keyOf = (address: string, params: unknown): readonly ['get', keyof paths, unknown] => [
  'get',
  `/${address}` as keyof paths,
  params,
];

/** The records of one type, for the query table; `fixed` are conditions that no reader takes off. */
export const listOfRecords = (path: string, fixed: Record<string, string> = {}): ListSource<RecordRow, string> => ({
  key: keyOf(path, fixed),
  load: (query, signal) => send<Page<RecordRow>>('GET', path, { query: { ...query, ...fixed }, signal }),
});

export const changesOf = (path: string, id: string): ListSource<RecordChange, never> => ({
  key: keyOf(`${path}/changes`, id),
  load: (query, signal) => send<Page<RecordChange>>('GET', `${addressOf(path, id)}/changes`, { query, signal }),
});

export function useRecords(path: string, query: Record<string, string>, isWanted = true) {
  return useQuery({
    queryKey: keyOf(path, query) as readonly unknown[],
    queryFn: ({ signal }) => send<Page<RecordRow>>('GET', path, { query, signal }),
    enabled: isWanted,
  });
}

export const useRecord = (path: string, id: string) =>
  useQuery({
    queryKey: keyOf(`${path}/one`, id) as readonly unknown[],
    queryFn: ({ signal }) => send<RecordRow>('GET', addressOf(path, id), { signal }),
  });

/** Whatever is on the screen of these records is read again. */
export function renewRecords(...paths: string[]): void {
  const addresses = paths.flatMap((path) => [`/${path}`, `/${path}/one`, `/${path}/changes`]);
  void queryClient.invalidateQueries({ predicate: ({ queryKey }) => addresses.includes(String(queryKey[1])) });
}

/** The last answer of the server stands on the page at once. */
function keep(path: string, record: RecordRow): RecordRow {
  queryClient.setQueryData(keyOf(`${path}/one`, record.id), record);
  renewRecords(path);
  return record;
}

export const createRecord = async (path: string, values: Values): Promise<RecordRow> =>
  keep(path, await send<RecordRow>('POST', path, { body: values }));

export const changeRecord = async (path: string, { id, version }: RecordRow, values: Values): Promise<RecordRow> =>
  keep(path, await send<RecordRow>('PATCH', addressOf(path, id), { body: { ...values, version } }));

export async function removeRecord(path: string, { id, version }: RecordRow): Promise<void> {
  await send('DELETE', addressOf(path, id), { query: { version: String(version) } });
  renewRecords(path);
}

export const restoreRecord = async (path: string, id: string): Promise<RecordRow> =>
  keep(path, await send<RecordRow>('POST', `${addressOf(path, id)}/restore`));

/** An act of the type's own: `actOn('leads', id, 'qualify')`. */
export const actOn = async (path: string, id: string, act: string, body?: Values): Promise<RecordRow> =>
  keep(path, await send<RecordRow>('POST', `${addressOf(path, id)}/${act}`, body ? { body } : {}));

/** The record as it is now, whatever was read before. */
export const readAgain = async (path: string, id: string): Promise<RecordRow> =>
  keep(path, await send<RecordRow>('GET', addressOf(path, id)));
