import type { PlacedUnits } from '../../../../core/placed-units';
import { type DigitRun, numbersIn } from './digits';
import { Readable } from './readable';
import { isDigit } from './signs';
import type { Found, IdentifierClass, Span } from './types';

export interface Identified {
  class: IdentifierClass;
  value: string;
  span: Span;
  fuzzy: boolean;
}

/** A number, and the units of the readable text where it stands. */
interface Placed extends Omit<Identified, 'span' | 'fuzzy'> {
  first: number;
  end: number;
}

/** What a mobile, the shortest of the numbers, and what a WeChat id at least have. */
const fewestDigits = 11;
const fewestSigns = 6;
const mostBetween = 2;
const separator = /[ .·・_,\p{Pd}]/u;

/** @returns what finds every identifier in a folded text */
export function createIdentifying(): (folded: PlacedUnits, original: string) => Identified[] {
  const readable = new Readable();

  function numbers(): Placed[] {
    const { placed, digits, numerals } = readable;
    const plain = digits >= fewestDigits ? numbersOf(placed.text()) : [];
    if (numerals === 0 || digits + numerals < fewestDigits) return plain;
    const taken = new Uint8Array(placed.length);
    for (const { first, end } of plain) taken.fill(1, first, end);
    const read = numbersOf(readable.withNumerals()).filter(({ first, end }) => !taken.subarray(first, end).includes(1));
    return [...plain, ...read];
  }

  return (folded, original) => {
    const { placed, signs, digits, numerals } = readable.fill(folded);
    if (digits + numerals < fewestDigits && signs < fewestSigns) return [];
    const found = numbers();
    const text = placed.text();
    const named = signs >= fewestSigns || found.length > 0 ? [...wechatIdsIn(text, found), ...emailsIn(text)] : [];
    return [...found, ...named].map(({ first, end, ...one }) => {
      const span = placed.span(first, end);
      return { ...one, span, fuzzy: readable.hides(first, end) || hiding.test(original.slice(span.from, span.to)) };
    });
  };
}

const hiding = /[\p{Cf}\p{M}]|[^\p{ASCII}\P{S}]/u;
const overlap = (a: Placed, b: Placed): boolean => a.first < b.end && b.first < a.end;

function numbersOf(text: string): Placed[] {
  return runsIn(text).flatMap((run) =>
    numbersIn(run).map(({ first, end, ...one }) => {
      const last = run.at[end - 1] as number;
      const isLonger = one.value.length > end - first;
      return { ...one, first: run.at[first] as number, end: isLonger ? text.indexOf('x', last) + 1 : last + 1 };
    }),
  );
}

function runsIn(text: string): DigitRun[] {
  const runs: DigitRun[] = [];
  let at: number[] = [];
  const close = () => {
    if (at.length >= fewestDigits) runs.push(runOf(text, at));
    at = [];
  };
  for (let i = 0; i < text.length; i++) {
    if (isDigit(text.charCodeAt(i))) {
      if (at.length > 0 && i - (at.at(-1) as number) > mostBetween + 1) close();
      at.push(i);
    } else if (at.length > 0 && !separator.test(text[i] as string)) close();
  }
  close();
  return runs;
}

function runOf(text: string, at: readonly number[]): DigitRun {
  const [first, last] = [at[0] as number, at.at(-1) as number];
  return {
    digits: at.map((i) => text[i]).join(''),
    at,
    behind: /^[ .·・_-]{0,2}x(?![a-z0-9])/.test(text.slice(last + 1, last + 5)) ? 'x' : '',
    pointed: /[.,]/.test(text.slice(first, last)),
  };
}

/** What WeChat is called, and what may stand between that and an id. */
const cue =
  /(?:[微薇威徽巍] ?信|v ?信|卫星|(?<![a-z0-9])(?:[vw] ?x|wechat|weixin)(?![a-z])|加(?:我|个|下)? ?v(?![a-z]))( ?(?:号码?|账号|id)?(?: ?(?:[:=]|是|为))? {0,2})/g;
const wechatId = /[a-z][a-z0-9_-]{5,19}(?![a-z0-9_-])/y;
const rawId = /(?<![a-z0-9_-])wxid_[a-z0-9]{8,24}(?![a-z0-9_-])/g;

function wechatIdsIn(text: string, numbers: readonly Placed[]): Placed[] {
  const found: Placed[] = [];
  for (const { 0: whole, 1: glue = '', index } of text.matchAll(cue)) {
    const first = index + whole.length;
    const mobile = numbers.find(
      (one) => one.class === 'mobile' && first <= one.first && isCountry(text, first, one.first),
    );
    if (mobile) found.push({ ...mobile, class: 'wechat_id' });
    wechatId.lastIndex = first;
    const id = wechatId.exec(text)?.[0];
    if (id && isMeant(id, glue, text.slice(Math.max(0, index - 4), first))) found.push(idAt(id, first));
  }
  const raw = Array.from(text.matchAll(rawId), ({ 0: id, index }) => idAt(id, index));
  return [...found, ...raw.filter((one) => !found.some((other) => overlap(one, other)))];
}

const idAt = (value: string, first: number): Placed => ({
  class: 'wechat_id',
  value,
  first,
  end: first + value.length,
});

/** A word of plain letters behind a mere blank is an id only where somebody is asked to add it. */
const isMeant = (id: string, glue: string, before: string): boolean =>
  /[\d_-]/.test(id) || glue.trim() !== '' || before.includes('加');

const isCountry = (text: string, from: number, to: number): boolean =>
  /^(?:(?:\+|00)?86[ -]?)?$/.test(text.slice(from, to));

const email = /(?<![a-z0-9._%+-])[a-z0-9][a-z0-9._%+-]{0,63}@(?:[a-z0-9-]{1,63}\.){1,5}[a-z]{2,24}(?![a-z0-9-])/g;

function emailsIn(text: string): Placed[] {
  if (!text.includes('@')) return [];
  return Array.from(text.matchAll(email), ({ 0: value, index: first }) => ({
    ...{ class: 'email' as const, value, first },
    end: first + value.length,
  }));
}

/** @returns what keeps identifiers of some classes, but for what is allowed: itself, or its domain and those below */
export function identifierFinder(
  classes: readonly IdentifierClass[],
  allowed: readonly string[],
): (identified: readonly Identified[]) => Found[] {
  const known = new Set(allowed.map(normalIdentifier));
  const isAllowed = (value: string): boolean => {
    const domain = value.split('@')[1];
    if (known.has(value) || domain === undefined) return known.has(value);
    return [...known].some((one) => domain === one || domain.endsWith(`.${one}`));
  };
  return (identified) =>
    identified
      .filter((one) => classes.includes(one.class) && !isAllowed(one.value))
      .map(({ class: what, value, span, fuzzy }) => ({ span, fuzzy, what, value }));
}

/** Numbers without what stands between their digits and without the country, domains without their `@`. */
function normalIdentifier(text: string): string {
  const folded = text.normalize('NFKC').trim().toLowerCase();
  const digits = folded.replace(/[\s\p{P}+]/gu, '');
  return /^\d+x?$/.test(digits) ? digits.replace(/^(?:00)?86(?=1[3-9]\d{9}$)/, '') : folded.replace(/^@/, '');
}
