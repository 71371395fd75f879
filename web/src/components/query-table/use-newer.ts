import { useEffect, useRef, useState } from 'react';
import { type LiveName, useLive } from '../../api';

interface Options<T> {
  live: { event: LiveName; keyOf(data: never): string } | undefined;
  rows: readonly T[];
  rowKey(row: T): string;
  values: Record<string, string>;
}

/**
 * Counts rows that the live feed told of and the table does not show. They come in when the reader asks: nothing jumps.
 * An event counts once, and only if it fits the filters that name one of its fields.
 */
export function useNewer<T>({ live, rows, rowKey, values }: Options<T>) {
  const seen = useRef(new Set<string>());
  const [count, setCount] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only an answer of the server starts the count again; `rowKey` is made anew with every drawing.
  useEffect(() => {
    seen.current = new Set(rows.map(rowKey));
    setCount(0);
  }, [rows]);
  useLive(live?.event, (data) => {
    const key = live?.keyOf(data as never);
    if (!key || seen.current.has(key) || !fits(data, values)) return;
    seen.current.add(key);
    setCount((known) => known + 1);
  });
  return count;
}

const fits = (data: object, values: Record<string, string>): boolean =>
  Object.entries(values).every(([name, value]) => {
    const own = (data as Record<string, unknown>)[name];
    return own === undefined || String(own) === value;
  });
