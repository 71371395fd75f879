/** A number of a person inside a run of digits: its places are those of its digits in the run. */
export interface NumberFound {
  class: 'id_card' | 'bank_card' | 'mobile';
  value: string;
  first: number;
  end: number;
}

/** Digits that stand together, or with little between them. */
export interface DigitRun {
  digits: string;
  /** Where in the text each digit stands. */
  at: readonly number[];
  /** What stands right behind the last, where an id number may go on with its X. */
  behind: string;
  /** Whether full stops or commas stand between. */
  pointed: boolean;
}

type Claim = (run: DigitRun, first: number) => Omit<NumberFound, 'first'> | undefined;

/** Id numbers before cards, cards before mobiles: each might be taken for what comes later. */
export function numbersIn(run: DigitRun): NumberFound[] {
  const found: NumberFound[] = [];
  const taken = new Uint8Array(run.digits.length);
  for (const claim of [idCardAt, bankCardAt, mobileAt]) {
    for (let first = 0; first < run.digits.length; first++) {
      const one = taken[first] ? undefined : claim(run, first);
      if (!one || taken[one.end - 1]) continue;
      found.push({ ...one, first });
      taken.fill(1, first, one.end);
    }
  }
  return found;
}

const begins = ({ at }: DigitRun, i: number): boolean => i === 0 || (at[i] as number) - (at[i - 1] as number) > 1;
const ends = (run: DigitRun, i: number): boolean =>
  i === run.digits.length || (i < run.digits.length && begins(run, i));

/** How many digits stand together, one group after the other: `3-4-4`. */
function shapeOf(run: DigitRun, first: number, end: number): string {
  const groups = [0];
  for (let i = first; i < end; i++) {
    if (i > first && begins(run, i)) groups.push(0);
    groups[groups.length - 1] = (groups.at(-1) as number) + 1;
  }
  return groups.join('-');
}

/** Groups as people write them, digits one by one, or any groups where the run is nothing else. */
function isGrouped(run: DigitRun, { first, end, usual }: { first: number; end: number; usual: RegExp }): boolean {
  const shape = shapeOf(run, first, end);
  if (!shape.includes('-') || /^1(-1)+$/.test(shape) || usual.test(shape)) return true;
  return !run.pointed && end === run.digits.length && isStart(run, first);
}

/** Whether nothing but the number of the country stands before. */
const isStart = ({ digits }: DigitRun, i: number): boolean => /^(?:(?:00)?86)?$/.test(digits.slice(0, i));

function mobileAt(run: DigitRun, first: number): ReturnType<Claim> {
  const end = first + 11;
  const value = run.digits.slice(first, end);
  if (!/^1[3-9]\d{9}$/.test(value) || !ends(run, end)) return undefined;
  if (!begins(run, first) && !isAfterCountry(run, first)) return undefined;
  const usual = /^(?:3-4-4|3-3-5|3-8|7-4|4-4-3|4-3-4|5-6|4-7)$/;
  return isGrouped(run, { first, end, usual }) ? { class: 'mobile', value, end } : undefined;
}

function isAfterCountry(run: DigitRun, first: number): boolean {
  const at = ['0086', '86'].map((code) => (run.digits.slice(0, first).endsWith(code) ? first - code.length : -1));
  return at.some((i) => i >= 0 && begins(run, i));
}

function bankCardAt(run: DigitRun, first: number): ReturnType<Claim> {
  if (!begins(run, first)) return undefined;
  const usual = /^(?:4-4-4-[4-7]|4-4-4-4-[123]|6-1[0-3])$/;
  for (let end = first + 19; end >= first + 16; end--) {
    const value = run.digits.slice(first, end);
    const isWhole = value.length === end - first && ends(run, end);
    if (isWhole && isCardNumber(value) && isGrouped(run, { first, end, usual }))
      return { class: 'bank_card', value, end };
  }
  return undefined;
}

/** Cards begin with 3 to 6 or 9; the check digit is Luhn's. */
function isCardNumber(number: string): boolean {
  if (!/^[34569]/.test(number)) return false;
  let sum = 0;
  for (let i = 0; i < number.length; i++) {
    const value = Number(number[number.length - 1 - i]) * ((i % 2) + 1);
    sum += value > 9 ? value - 9 : value;
  }
  return sum % 10 === 0;
}

function idCardAt(run: DigitRun, first: number): ReturnType<Claim> {
  if (!begins(run, first)) return undefined;
  const isLast = first + 17 === run.digits.length;
  const value = run.digits.slice(first, first + 18) + (isLast ? run.behind : '');
  const end = Math.min(first + 18, run.digits.length);
  return ends(run, end) && isIdNumber(value) ? { class: 'id_card', value, end } : undefined;
}

const idWeights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

function isIdNumber(number: string): boolean {
  const parts = /^[1-9]\d{5}((?:19|20)\d\d)(\d\d)(\d\d)\d{3}[\dx]$/.exec(number);
  if (!parts) return false;
  const [year, month, day] = parts.slice(1).map(Number) as [number, number, number];
  const born = new Date(Date.UTC(year, month - 1, day));
  if (born.getUTCMonth() !== month - 1 || born.getUTCDate() !== day) return false;
  const sum = idWeights.reduce((total, weight, i) => total + weight * Number(number[i]), 0);
  return number.endsWith('10x98765432'[sum % 11] as string);
}
