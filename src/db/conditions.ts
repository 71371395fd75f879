import { placeholders, type Value } from './database';

/** A piece of a WHERE clause and what it binds. */
export type Condition = readonly [sql: string, ...params: Value[]];

export const never: Condition = ['1 = 0'];

/** Of filters that somebody may leave out, those that were given. */
export const given = (filters: readonly (readonly [sql: string, value: Value | undefined])[]): Condition[] =>
  filters.flatMap(([sql, value]): Condition[] => (value === undefined ? [] : [[sql, value]]));

/** All of them at once; of none, everything. */
export const allOf = (conditions: readonly Condition[]): { where: string; params: Value[] } => ({
  where: conditions.map(([sql]) => sql).join(' AND ') || '1 = 1',
  params: conditions.flatMap(([, ...params]) => params),
});

/** @param conditions at least one */
export const anyOf = (conditions: readonly Condition[]): Condition => [
  `(${conditions.map(([sql]) => sql).join(' OR ')})`,
  ...conditions.flatMap(([, ...params]) => params),
];

export const isIn = (column: string, values: readonly Value[]): Condition =>
  values.length === 0 ? never : [`${column} IN (${placeholders(values.length)})`, ...values];
