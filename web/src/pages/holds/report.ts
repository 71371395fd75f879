// Stands on its own, so that it needs nothing of the console around it.

/** What a dry run counted, or a purge did. */
export interface Report {
  dry_run: boolean;
  as_of: string;
  messages: number;
  /** Over, but held. */
  held: number;
  /** Of a dry run. */
  conversations: number | undefined;
  oldest: string;
  newest: string;
  ids_sha256: string;
  byRule: { name: string; years: number; over: number }[];
  /** Of a purge: destroyed keys. */
  keys: number | undefined;
}

export const isPurge = ({ params }: { params?: unknown }): boolean => recordOf(params).dry_run === false;

const recordOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const numberOf = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);

/** The result of a retention run; undefined when it has none. */
export function reportOf({ result }: { result?: unknown }): Report | undefined {
  const detail = recordOf(result);
  const { dry_run, as_of, messages, held, conversations, oldest, newest, ids_sha256, keys, by_rule } = detail;
  if (typeof dry_run !== 'boolean') return undefined;
  return {
    ...{ dry_run, as_of: textOf(as_of), messages: numberOf(messages) ?? 0, held: numberOf(held) ?? 0 },
    ...{ conversations: numberOf(conversations), keys: numberOf(keys) },
    ...{ oldest: textOf(oldest), newest: textOf(newest), ids_sha256: textOf(ids_sha256) },
    byRule: (Array.isArray(by_rule) ? by_rule : []).map(recordOf).map(({ name, years, over }) => ({
      ...{ name: textOf(name), years: numberOf(years) ?? 0, over: numberOf(over) ?? 0 },
    })),
  };
}
