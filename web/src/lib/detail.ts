// A history entry carries details whose shape depends on its kind: everything is looked at before it is used.

export type Detail = Readonly<Record<string, unknown>>;

/** The fields of a detail; none if it is anything but an object. */
export const detailOf = (value: unknown): Detail =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Detail) : {};

/** A field as text; numbers and switches in words of JSON, nothing for nothing. */
export function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** A field as a list of texts; a lone text is a list of one. */
export function listFrom(value: unknown): string[] {
  if (Array.isArray(value)) return value.map(textOf).filter(Boolean);
  const text = textOf(value);
  return text ? [text] : [];
}

export interface BeforeAfter {
  before: unknown;
  after: unknown;
}

/** `[before, after]` or `{ before, after }`; undefined for anything else. */
export function beforeAfterOf(value: unknown): BeforeAfter | undefined {
  if (Array.isArray(value)) return value.length === 2 ? { before: value[0], after: value[1] } : undefined;
  const detail = detailOf(value);
  return 'before' in detail && 'after' in detail ? { before: detail.before, after: detail.after } : undefined;
}
