import { useState } from 'react';
import type { RowSelection } from './types';

export interface Chosen<T> {
  selection: RowSelection<T> | undefined;
  keys: string[];
  set(keys: string[]): void;
  toggle(key: string): void;
  /** Those of this page that can be chosen. */
  onPage: string[];
  clear(): void;
}

interface Options<T> {
  selection: RowSelection<T> | undefined;
  rows: readonly T[];
  rowKey(row: T): string;
}

/** The rows the reader chose; they stay chosen while other pages are read. */
export function useChosen<T>({ selection, rows, rowKey }: Options<T>): Chosen<T> {
  const [keys, set] = useState<string[]>([]);
  const onPage = selection ? rows.filter((row) => selection.refusal(row) === undefined).map(rowKey) : [];
  const toggle = (key: string) => {
    if (!onPage.includes(key)) return;
    set((known) => (known.includes(key) ? known.filter((one) => one !== key) : [...known, key]));
  };
  return { selection, keys, set, toggle, onPage, clear: () => set([]) };
}
