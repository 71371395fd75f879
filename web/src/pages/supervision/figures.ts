/** What the report says of one member of staff, as far as the totals need it. */
interface Line {
  messages: number;
  reviewed: number;
  outcomes: { open: number };
  late: number;
}

export const totalsOf = ({ items }: { items: readonly Line[] }) => ({
  messages: sum(items, ({ messages }) => messages),
  reviewed: sum(items, ({ reviewed }) => reviewed),
  open: sum(items, ({ outcomes }) => outcomes.open),
  late: sum(items, ({ late }) => late),
});

const sum = (lines: readonly Line[], figure: (line: Line) => number): number =>
  lines.reduce((total, line) => total + figure(line), 0);
