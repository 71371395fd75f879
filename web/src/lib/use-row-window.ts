import { useCallback, useEffect, useLayoutEffect, useMemo, useReducer, useRef, useState } from 'react';
import { type Anchor, anchorOf, anchorToShow, offsetsOf, rowsIn, topOf } from './row-window';

/** Rows are drawn this far out of sight, so that scrolling shows no white. */
const margin = 600;

interface Options {
  /** Every row, in order; a key stays the same while its row is there. */
  keys: readonly string[];
  /** Height of a row before it was drawn, in pixels. */
  estimate(key: string): number;
}

/**
 * Draws only the rows near the view, however many there are. What is in sight keeps its place while rows come before it
 * or change their height.
 */
export function useRowWindow({ keys, estimate }: Options) {
  const scroller = useRef<HTMLDivElement>(null);
  const heights = useRef(new Map<string, number>());
  const anchor = useRef<Anchor>('end');
  const [measured, remeasure] = useReducer((count: number) => count + 1, 0);
  const [range, setRange] = useState<readonly [number, number]>([0, 0]);
  const places = useMemo(() => new Map(keys.map((key, place) => [key, place])), [keys]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the heights stand in a ref; `measured` tells that they changed.
  const offsets = useMemo(
    () => offsetsOf(keys, (key) => heights.current.get(key) ?? estimate(key)),
    [keys, estimate, measured],
  );

  const look = useCallback(() => {
    const { scrollTop: top, clientHeight: height } = scroller.current ?? { scrollTop: 0, clientHeight: 0 };
    const [from, to] = rowsIn(offsets, { top, height }, margin);
    setRange((now) => (now[0] === from && now[1] === to ? now : [from, to]));
    return { top, height };
  }, [offsets]);

  const place = useCallback(() => {
    const top = topOf(anchor.current, { places, offsets });
    if (scroller.current && top !== undefined) scroller.current.scrollTop = top;
    look();
  }, [places, offsets, look]);

  useLayoutEffect(place, [place]);

  const note = useCallback((key: string, element: HTMLElement) => {
    const { height } = element.getBoundingClientRect();
    if (height === 0 || Math.abs((heights.current.get(key) ?? -1) - height) < 0.5) return;
    heights.current.set(key, height);
    remeasure();
  }, []);
  const rowRef = useRowRefs(note);

  /** Brings a row into sight: its head a third down the view, or just so far that it is seen whole. */
  const show = useCallback(
    (key: string, how: 'third' | 'nearest') => {
      const at = places.get(key);
      const element = scroller.current;
      if (at === undefined || !element) return;
      const view = { top: element.scrollTop, height: element.clientHeight };
      const shift = how === 'third' ? -view.height / 3 : anchorToShow(at, view, offsets);
      if (shift === undefined) return;
      anchor.current = { key, shift };
      place();
    },
    [places, offsets, place],
  );

  return {
    scroller,
    rowRef,
    show,
    range,
    before: offsets[range[0]] ?? 0,
    after: (offsets.at(-1) ?? 0) - (offsets[range[1]] ?? 0),
    /** To be called whenever the view moves. */
    onScroll: () => {
      anchor.current = anchorOf(look(), keys, offsets);
    },
    toEnd: () => {
      anchor.current = 'end';
      place();
    },
  };
}

/** Measures every row that is drawn, at once and whenever its height changes. @returns the ref of the row of a key */
function useRowRefs(note: (key: string, element: HTMLElement) => void) {
  const keyOf = useRef(new WeakMap<Element, string>());
  const observer = useMemo(
    () =>
      new ResizeObserver((entries) => {
        for (const { target } of entries) note(keyOf.current.get(target) ?? '', target as HTMLElement);
      }),
    [note],
  );
  useEffect(() => () => observer.disconnect(), [observer]);
  return useCallback(
    (key: string) => (element: HTMLElement | null) => {
      if (!element) return undefined;
      keyOf.current.set(element, key);
      note(key, element);
      observer.observe(element);
      return () => observer.unobserve(element);
    },
    [note, observer],
  );
}
