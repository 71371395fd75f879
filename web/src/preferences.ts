import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { Language } from './i18n';

export type ThemeChoice = 'light' | 'dark' | 'system';

interface Preferences {
  theme: ThemeChoice;
  language: Language;
  railCollapsed: boolean;
  pageSize: number;
  /** Columns shown, by table; a table that is not named shows its own choice. */
  columns: Record<string, string[]>;
  set(change: Partial<Omit<Preferences, 'set'>>): void;
  setColumns(table: string, shown: string[]): void;
}

const firstLanguage = (): Language => (navigator.language.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en');

/** What this reader chose, kept in this browser. */
export const usePreferences = create<Preferences>()(
  persist(
    (set) => ({
      theme: 'system',
      language: firstLanguage(),
      railCollapsed: false,
      pageSize: 50,
      columns: {},
      set: (change) => set(change),
      setColumns: (table, shown) => set(({ columns }) => ({ columns: { ...columns, [table]: shown } })),
    }),
    { name: 'scrm.preferences', version: 1 },
  ),
);
