// Which of many rows of unequal height stand in sight. All figures are CSS pixels.

/** Where each row begins, and at last where they all end: one more than there are rows. */
export function offsetsOf(keys: readonly string[], heightOf: (key: string) => number): Float64Array {
  const offsets = new Float64Array(keys.length + 1);
  for (const [place, key] of keys.entries()) offsets[place + 1] = (offsets[place] ?? 0) + heightOf(key);
  return offsets;
}

/** The row that stands at `y`; the first or last one beyond the ends. 0 when there are none. */
export function rowAt(offsets: Float64Array, y: number): number {
  let low = 0;
  let high = Math.max(0, offsets.length - 2);
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((offsets[middle] ?? 0) <= y) low = middle;
    else high = middle - 1;
  }
  return low;
}

export interface View {
  top: number;
  height: number;
}

/** The rows in sight and those within `margin` of it: from the first up to, not including, the last. */
export function rowsIn(offsets: Float64Array, { top, height }: View, margin: number): [from: number, to: number] {
  const count = offsets.length - 1;
  if (count <= 0) return [0, 0];
  return [rowAt(offsets, top - margin), Math.min(count, rowAt(offsets, top + height + margin) + 1)];
}

/** What keeps its place while rows come before it or change their height; `end`: the newest stay in sight. */
export type Anchor = 'end' | { key: string; shift: number };

/** Where the view begins so that the anchor stays where it is; undefined when its row is not here. */
export function topOf(anchor: Anchor, rows: { places: ReadonlyMap<string, number>; offsets: Float64Array }) {
  if (anchor === 'end') return rows.offsets.at(-1) ?? 0;
  const place = rows.places.get(anchor.key);
  return place === undefined ? undefined : Math.max(0, (rows.offsets[place] ?? 0) + anchor.shift);
}

/** The anchor of what is in sight now. Whoever stands at the end stays there. */
export function anchorOf({ top, height }: View, keys: readonly string[], offsets: Float64Array): Anchor {
  if (top + height >= (offsets.at(-1) ?? 0) - 2) return 'end';
  const place = rowAt(offsets, top);
  return { key: keys[place] ?? '', shift: top - (offsets[place] ?? 0) };
}

/** How far a view has to move so that a row is wholly in sight; undefined when it is. */
export function anchorToShow(place: number, { top, height }: View, offsets: Float64Array): number | undefined {
  const [begins = 0, ends = 0] = [offsets[place], offsets[place + 1]];
  if (begins < top) return -gap;
  return ends > top + height ? Math.min(-gap, ends - begins - height + gap) : undefined;
}

/** Left free beside a row that is brought into sight. */
const gap = 16;
