import type { Extra } from '../dictionaries.schema';

type Label = readonly [zh: string, en: string];

export interface SeedItem {
  code: string;
  label: Label;
  extra?: Extra;
  isDefault?: boolean;
}

/** A dictionary as it comes with the product. */
export interface Seed {
  code: string;
  label: Label;
  items: readonly SeedItem[];
}

/** The common case: items that are a code and two labels. */
export const plain = (...rows: (readonly [code: string, zh: string, en: string])[]): SeedItem[] =>
  rows.map(([code, zh, en]) => ({ code, label: [zh, en] }));

/** The same, with the item that is chosen where nobody chooses. */
export const withDefault = (chosen: string, items: readonly SeedItem[]): SeedItem[] =>
  items.map((item) => (item.code === chosen ? { ...item, isDefault: true } : item));
