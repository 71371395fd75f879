import type { ReactNode } from 'react';
import type { ListSource, LiveName } from '../../api';

export interface QueryColumn<T> {
  /** Stays the same for ever: links and the reader's own choice of columns name it. */
  key: string;
  title: string;
  render(row: T): ReactNode;
  /** In pixels; a column without width takes what is left. */
  width?: number;
  align?: 'left' | 'right';
  /** Not shown until chosen. */
  hidden?: boolean;
}

interface FilterBase<F extends string> {
  /** Name of the query parameter, in the API and in the address of the page. */
  key: F;
  label: string;
}

export interface ChoiceFilter<F extends string> extends FilterBase<F> {
  kind: 'choice';
  options: { value: string; label: string }[];
}

export interface TextFilter<F extends string> extends FilterBase<F> {
  kind: 'text';
  placeholder?: string;
}

/** Any editor: gets the value and hands back the next one. */
export interface CustomFilter<F extends string> extends FilterBase<F> {
  kind: 'custom';
  editor(props: { value: string | undefined; onChange: (next: string | undefined) => void }): ReactNode;
  /** The value in words, for the chip. */
  display(value: string): ReactNode;
}

export type QueryFilter<F extends string> = ChoiceFilter<F> | TextFilter<F> | CustomFilter<F>;

export interface QueryTableProps<T, F extends string> {
  /** Names the table in the reader's preferences. */
  id: string;
  source: ListSource<T, F>;
  rowKey(row: T): string;
  columns: QueryColumn<T>[];
  filters?: QueryFilter<F>[];
  /** A filter whose values stand as tabs above the table, "all" first. */
  tabs?: ChoiceFilter<F>;
  /** The filter the search box fills, usually `q`. What `isPrivate` stands in no address: no link leads to it. With `onEnter` it waits for Enter. */
  search?: { key: F; placeholder: string; isPrivate?(text: string): boolean; onEnter?: boolean };
  /** Opened by a click on a row; its id stands in the address as `open`. `row` is missing when it is not on this page. */
  drawer?: {
    title(id: string, row: T | undefined): ReactNode;
    content(id: string, row: T | undefined): ReactNode;
    width?: number;
  };
  /** The full page of a row: by Enter, from the drawer, and by a click when there is no drawer. */
  href?(row: T): string;
  /** Why there is nothing at all yet and what to do about it; shown when no filter is set. */
  empty: { title: string; hint: ReactNode; actions?: ReactNode };
  /** Counts rows that arrive on the live feed; `keyOf` gives the key of the row an event is about. */
  live?: { event: LiveName; keyOf(data: never): string };
  /** Rows may be chosen, many at once: by a box, or the marked one by `x`. With `onDrag` they may be dragged, too. */
  selection?: { chosen: readonly string[]; choose(keys: string[]): void; onDrag?(key: string | undefined): void };
  /** More controls at the right of the bar. */
  extra?: ReactNode;
}
