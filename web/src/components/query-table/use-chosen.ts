import { useState } from 'react';
import type { RowSelection } from './types';

export interface Chosen<T> {
  selection: RowSelection<T> | undefined;
  keys: string[];
  set(keys: string[]): void;
  toggle(key: string): void;
  clear(): void;
}

/** The rows the reader chose; they stay chosen while other pages are read. */
export function useChosen<T>(selection: RowSelection<T> | undefined, rowOf: (key: string) => T | undefined): Chosen<T> {
  const [keys, set] = useState<string[]>([]);
  const toggle = (key: string) => {
    const row = rowOf(key);
    if (!selection || !row || selection.refusal(row) !== undefined) return;
    set((known) => (known.includes(key) ? known.filter((one) => one !== key) : [...known, key]));
  };
  return { selection, keys, set, toggle, clear: () => set([]) };
}
