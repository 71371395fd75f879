interface Grade {
  code: string;
  active: boolean;
  extra: { from?: number | undefined; to?: number | null | undefined };
}

/** The grades with their starts as typed; each ends before the next one begins, and the highest has no end. */
export function withStarts<T extends Grade>(items: readonly T[], starts: Record<string, number | null>): T[] {
  const rising = items
    .filter(({ active }) => active)
    .map(({ code }) => starts[code] ?? 0)
    .sort((one, other) => one - other);
  return items.map((item) => {
    if (!item.active) return item;
    const from = starts[item.code] ?? 0;
    const next = rising.find((start) => start > from);
    return { ...item, extra: { ...item.extra, from, to: next === undefined ? null : next - 1 } };
  });
}
