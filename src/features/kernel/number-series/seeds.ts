import type { Part, Pattern } from './number-series.schema';

const date = (...formats: ('YYYY' | 'MM' | 'DD')[]): Part[] => formats.map((format) => ({ kind: 'date', format }));

const pattern = (text: string, dates: Part[], width: number): Part[] => [
  { kind: 'text', text },
  ...dates,
  { kind: 'counter', width },
];

interface Seed extends Pattern {
  key: string;
}

const never = (key: string, text: string, width: number): Seed => ({
  ...{ key, parts: pattern(text, [], width), resets: 'never' as const },
});
const yearly = (key: string, text: string, width: number): Seed => ({
  ...{ key, parts: pattern(text, date('YYYY'), width), resets: 'year' as const },
});
const monthly = (key: string, text: string, width: number): Seed => ({
  ...{ key, parts: pattern(text, date('YYYY', 'MM'), width), resets: 'month' as const },
});
const daily = (key: string, text: string, width: number): Seed => ({
  ...{ key, parts: pattern(text, date('YYYY', 'MM', 'DD'), width), resets: 'day' as const },
});

/** How numbers look until the company says otherwise. */
export const seeds: readonly Seed[] = [
  never('customer', 'KH', 6),
  never('product', 'CP', 5),
  daily('lead', 'XS', 4),
  monthly('opportunity', 'SJ', 4),
  daily('activity', 'HD', 4),
  monthly('quote', 'BJ', 4),
  yearly('contract', 'HT', 4),
  daily('order', 'DD', 4),
  monthly('receivable_plan', 'YS', 4),
  monthly('payment', 'HK', 5),
  yearly('invoice', 'FP', 6),
  daily('ticket', 'GD', 4),
];
