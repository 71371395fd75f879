const codes = new Set(['ER_DUP_ENTRY', 'SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_CONSTRAINT_PRIMARYKEY']);

/** Whether a statement was refused because a row with the same unique columns exists. */
export const isUniqueViolation = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && codes.has(String(error.code));

/** Parses text that this program wrote. */
export const parseStored = <T>(text: string): T => JSON.parse(text);

const errorLength = 2000;

/** An error's text as a row holds it. */
export const cutError = (text: string): string =>
  text.length > errorLength ? `${text.slice(0, errorLength - 1)}…` : text;
