import type { RecordField, RecordRow, Values } from './types';

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);

/** Key order does not make a difference. */
function spelled(value: unknown): string {
  if (isEmpty(value)) return '';
  if (typeof value !== 'object' || Array.isArray(value)) return JSON.stringify(value);
  return JSON.stringify(Object.entries(value as object).sort(([one], [other]) => one.localeCompare(other)));
}

/** Of the values of a form those that are not as they were; what was emptied is null. */
export function differing(fields: readonly RecordField[], given: Values, before: RecordRow | undefined): Values {
  const changed = fields.filter(({ key }) => spelled(given[key]) !== spelled(before?.[key]));
  return Object.fromEntries(changed.map(({ key }) => [key, isEmpty(given[key]) ? null : given[key]]));
}
