/** What the report says of one member of staff, as far as the totals need it. */
interface Line extends Share {
  outcomes: { open: number };
  late: number;
}

interface Share {
  messages: number;
  reviewed: number;
}

/** "0.4%", "12%"; a dash where nothing was written. What was looked at is never rounded away, nor is what was not. */
export function reviewedShare({ messages, reviewed }: Share): string {
  if (messages === 0) return '–';
  const percent = (reviewed / messages) * 100;
  if (reviewed > 0 && percent < 0.1) return '<0.1%';
  if (reviewed < messages && percent > 99.9) return '>99.9%';
  return `${Number(percent.toFixed(1))}%`;
}

export const totalsOf = ({ items }: { items: readonly Line[] }) => ({
  messages: sum(items, ({ messages }) => messages),
  reviewed: sum(items, ({ reviewed }) => reviewed),
  open: sum(items, ({ outcomes }) => outcomes.open),
  late: sum(items, ({ late }) => late),
});

const sum = (lines: readonly Line[], figure: (line: Line) => number): number =>
  lines.reduce((total, line) => total + figure(line), 0);
