import { badArgument } from './fault';

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Query or body of a call, read field by field. Whatever has the wrong type is refused with 40058. */
export class Arguments {
  constructor(private readonly fields: Readonly<Record<string, unknown>>) {}

  has(name: string): boolean {
    return this.fields[name] !== undefined;
  }

  /** Empty when absent. */
  text(name: string): string {
    const value = this.fields[name] ?? '';
    if (typeof value === 'string') return value;
    if (typeof value === 'number') return String(value);
    throw badArgument(`${name} is not a string`);
  }

  required(name: string): string {
    const value = this.text(name);
    if (!value) throw badArgument(`${name} is missing`);
    return value;
  }

  texts(name: string): string[] {
    const value = this.fields[name] ?? [];
    if (!Array.isArray(value)) throw badArgument(`${name} is not a list`);
    return value.map((item) => {
      if (typeof item === 'string') return item;
      throw badArgument(`${name} does not hold strings only`);
    });
  }

  /** A list with at least one and at most `max` entries. */
  someTexts(name: string, max: number): string[] {
    const list = this.texts(name);
    if (list.length === 0 || list.length > max) throw badArgument(`${name} takes 1 to ${max} entries`);
    return list;
  }

  whole(name: string, fallback: number): number {
    const text = this.text(name);
    if (text === '') return fallback;
    const value = Number(text);
    if (!Number.isInteger(value)) throw badArgument(`${name} is not a whole number`);
    return value;
  }

  /** A page size between 1 and `max`. */
  limit(name: string, fallback: number, max: number): number {
    const value = this.whole(name, fallback);
    if (value < 1 || value > max) throw badArgument(`${name} takes 1 to ${max}`);
    return value;
  }

  all(): Readonly<Record<string, unknown>> {
    return this.fields;
  }

  nested(name: string): Arguments {
    const value = this.fields[name] ?? {};
    if (!isRecord(value)) throw badArgument(`${name} is not an object`);
    return new Arguments(value);
  }
}
