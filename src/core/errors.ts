import { maskText } from './mask';

/** A fault the caller can act on. Anything else that is thrown is a bug and answered as 500. */
export class AppError extends Error {
  constructor(
    /** `<scope>.<code>`, shown to callers in UPPER_SNAKE. */
    readonly code: string,
    readonly status: number,
    message: string,
    readonly details?: unknown,
  ) {
    super(message);
    this.name = 'AppError';
  }
}

/** One catalogue of faults per feature; a misspelt code does not compile. */
export function defineErrors<const S extends Record<string, readonly [status: number, message: string]>>(
  scope: string,
  specs: S,
) {
  return (code: keyof S & string, details?: unknown): AppError => {
    const [status, message] = specs[code] as S[string];
    return new AppError(`${scope}.${code}`, status, message, details);
  };
}

/** A fault that ends the process: printed as one sentence, with a documented exit code (docs/operating.md). */
export class StartupError extends Error {
  constructor(
    message: string,
    readonly exitCode: number,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'StartupError';
  }
}

/** Exit codes of every command. */
export const exitCode = {
  failure: 1,
  settings: 2,
  databaseUnreachable: 3,
  portTaken: 4,
  schema: 5,
  sqliteMissing: 6,
  backup: 7,
} as const;

/** The message of anything that can be thrown. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The same to be stored: a fault may quote what was sent, and with it a phone number or a token (S15). */
export const faultText = (error: unknown): string => maskText(messageOf(error));
