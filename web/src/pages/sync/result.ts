export const countNames = ['seen', 'added', 'changed', 'vanished', 'unknown'] as const;
export type CountName = (typeof countNames)[number];
export type Counts = Partial<Record<CountName, number>>;

export interface RunResult {
  total: Counts;
  parts: { name: string; counts: Counts }[];
  /** How many differences of each kind; only reconciliations say. */
  differences: Record<string, number> | undefined;
}

/** Reads the result of a sync or reconciliation; undefined when a run has none, or one of another shape. */
export function readResult(result: unknown): RunResult | undefined {
  if (!isRecord(result) || !countNames.some((name) => name in result)) return undefined;
  const parts = isRecord(result.by_phase) ? result.by_phase : {};
  return {
    total: countsOf(result),
    parts: Object.entries(parts).flatMap(([name, counts]) =>
      isRecord(counts) ? [{ name, counts: countsOf(counts) }] : [],
    ),
    differences: isRecord(result.differences) ? numbersOf(result.differences) : undefined,
  };
}

/** The figures in the result of any other run. */
export const readFigures = (result: unknown): Record<string, number> => (isRecord(result) ? numbersOf(result) : {});

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const numbersOf = (record: Record<string, unknown>): Record<string, number> =>
  Object.fromEntries(Object.entries(record).filter((entry): entry is [string, number] => typeof entry[1] === 'number'));

const countsOf = (record: Record<string, unknown>): Counts => {
  const numbers = numbersOf(record);
  return Object.fromEntries(countNames.flatMap((name) => (name in numbers ? [[name, numbers[name]]] : [])));
};
