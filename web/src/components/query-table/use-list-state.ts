import { useState } from 'react';
import { useLocation, useNavigate, useSearchParams } from 'react-router';
import { usePreferences } from '../../preferences';

/** What a table shows. All of it stands in the address, so a link shows a colleague the same. */
export interface ListState {
  values: Record<string, string>;
  cursor: string | undefined;
  /** 1 on the first page; not known (0) when a link led into the middle. */
  page: number;
  open: string | undefined;
  setValue(key: string, value: string | undefined, how?: { replace: boolean }): void;
  clear(): void;
  next(cursor: string): void;
  previous(): void;
  first(): void;
  setOpen(id: string | undefined): void;
}

/** The cursors of the pages before this one, as far as this visit knows them. */
interface Trail {
  trail?: (string | null)[];
}

type Values = Record<string, string | undefined>;

/** `isPrivate`: what is never written into the address, but kept as long as the page is open. */
export function useListState(
  keys: readonly string[],
  isPrivate: (key: string, value: string) => boolean = () => false,
): ListState {
  const [unwritten, setUnwritten] = useState<Values>({});
  const [params] = useSearchParams();
  const location = useLocation();
  const navigate = useNavigate();
  const trail = (location.state as Trail | null)?.trail;
  const cursor = params.get('cursor') ?? undefined;

  const go = (change: Values, options: { replace?: boolean; trail?: (string | null)[] } = {}) => {
    // Read at the time of the click: a debounced search must not undo a filter set meanwhile.
    const next = new URLSearchParams(window.location.search);
    for (const [key, value] of Object.entries(change)) {
      if (value && !isPrivate(key, value)) next.set(key, value);
      else next.delete(key);
    }
    setUnwritten((before) => ({ ...before, ...unwrittenOf(change) }));
    const state: Trail = options.trail ? { trail: options.trail } : {};
    void navigate({ search: next.toString() }, { replace: options.replace ?? false, state, preventScrollReset: true });
  };

  const unwrittenOf = (change: Values): Values =>
    Object.fromEntries(
      Object.entries(change).map(([key, value]) => [key, value && isPrivate(key, value) ? value : undefined]),
    );

  const shown = (key: string): string | null => unwritten[key] ?? params.get(key);

  return {
    values: Object.fromEntries(keys.flatMap((key) => (shown(key) ? [[key, shown(key) ?? '']] : []))),
    cursor,
    page: cursor ? (trail?.length ?? -1) + 1 : 1,
    open: params.get('open') ?? undefined,
    setValue: (key, value, how) => go({ [key]: value, cursor: undefined, open: undefined }, how),
    clear: () => go({ ...Object.fromEntries(keys.map((key) => [key, undefined])), cursor: undefined, open: undefined }),
    next: (nextCursor) => go({ cursor: nextCursor, open: undefined }, { trail: [...(trail ?? []), cursor ?? null] }),
    previous: () => go({ cursor: trail?.at(-1) ?? undefined, open: undefined }, { trail: trail?.slice(0, -1) ?? [] }),
    first: () => go({ cursor: undefined, open: undefined }),
    // The drawer is no step of its own in the history: "back" leaves the list, not the drawer.
    setOpen: (id) => go({ open: id }, { replace: true, ...(trail ? { trail } : {}) }),
  };
}

/** The columns shown, in the order of the table: as the address says, else as the reader chose, else as the table was made. */
export function useShownColumns(id: string, all: readonly { key: string; hidden?: boolean }[]) {
  const [params, setParams] = useSearchParams();
  const chosen = usePreferences((preferences) => preferences.columns[id]);
  const setColumns = usePreferences((preferences) => preferences.setColumns);
  const usual = all.filter(({ hidden }) => !hidden).map(({ key }) => key);
  const wanted = params.get('columns')?.split(',') ?? chosen ?? usual;
  const shown = all.filter(({ key }) => wanted.includes(key)).map(({ key }) => key);
  return {
    shown: shown.length > 0 ? shown : usual,
    choose(next: string[]) {
      setColumns(id, next);
      if (!params.has('columns')) return;
      const rest = new URLSearchParams(params);
      rest.delete('columns');
      setParams(rest, { replace: true });
    },
    reset() {
      setColumns(id, usual);
    },
  };
}
