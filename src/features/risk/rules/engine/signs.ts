import { Converter } from 'opencc-js/t2cn';
import type { PlacedUnits } from '../../../../core/placed-units';

/** What stands between two signs, the stronger the higher. */
export const gap = { none: 0, invisible: 1, picture: 2, soft: 3, hard: 4 } as const;

/** Signs that look or sound like another, and that no table of Unicode brings together. */
const alike: Readonly<Record<string, string>> = {
  ...{ а: 'a', в: 'b', с: 'c', е: 'e', н: 'h', і: 'i', ј: 'j', к: 'k', м: 'm', о: 'o', р: 'p', ѕ: 's', т: 't' },
  ...{ у: 'y', х: 'x', ѵ: 'v', ԝ: 'w', ԁ: 'd', α: 'a', ι: 'i', κ: 'k', ν: 'v', ο: 'o', ρ: 'p', τ: 't', υ: 'u' },
  ...{ χ: 'x', ω: 'w', ᴠ: 'v', ᴡ: 'w', ı: 'i', ɑ: 'a', ɡ: 'g', 薇: '微', 嶶: '微', 帐: '账', 帳: '账', 妳: '你' },
};

/** Circled digits that Unicode does not fold: the first of ten, and which digit it is. */
const circled: readonly [first: number, digit: number][] = [
  [0x2776, 1],
  [0x2780, 1],
  [0x278a, 1],
  [0x24f5, 1],
];
const circledNoughts = '⓿🄋🄌';

const hard = /[,!?;:。、\n\r]/;
const invisible = /[\p{M}\p{Cf}\u115f\u1160\u3164\uffa0]/u;
const picture = /[^\p{ASCII}\P{S}]/u;
const between = /[\p{P}\p{S}\p{Z}\p{C}]/u;
const simplified = Converter({ from: 't', to: 'cn' });

/** By unit, once it was looked at: a gap, or the unit it stands for. */
const shapes = new Uint16Array(0x10000);

/** What a folded unit stands for: one of `gap`, or the unit that it looks like, traditional characters simplified. */
function shapeOf(unit: number): number {
  const known = shapes[unit] as number;
  if (known !== 0) return known;
  const shape = shapeOfSign(String.fromCharCode(unit));
  shapes[unit] = shape;
  return shape;
}

function shapeOfSign(sign: string): number {
  const unit = sign.charCodeAt(0);
  const known = Object.hasOwn(alike, sign) ? alike[sign] : digitIn(unit);
  if (known !== undefined) return known.charCodeAt(0);
  if (invisible.test(sign)) return gap.invisible;
  if (hard.test(sign)) return gap.hard;
  if (picture.test(sign)) return gap.picture;
  if (between.test(sign)) return gap.soft;
  const plain = simplified(sign);
  // What simplifies to a sign beyond the first plane is too rare to hide behind.
  return plain.length === 1 ? plain.charCodeAt(0) : unit;
}

function digitIn(unit: number): string | undefined {
  if (circledNoughts.includes(String.fromCharCode(unit))) return '0';
  const row = circled.find(([first, digit]) => unit >= first && unit < first + 10 - digit);
  return row && String(unit - row[0] + row[1]);
}

/** Letters in squares and circles, and the flags that are spelled with letters. */
const boxes = [0x1f150, 0x1f170, 0x1f1e6];

/** Of a sign beyond the first plane: a picture, a letter, or 0 for one that stands for itself. */
function shapeBeyond(sign: string): number {
  const point = sign.codePointAt(0) as number;
  const first = boxes.find((box) => point >= box && point < box + 26);
  if (first !== undefined) return 0x61 + point - first;
  if (invisible.test(sign)) return gap.invisible;
  return between.test(sign) ? gap.picture : 0;
}

const isHigh = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;

/** @param told is given the shape of each sign of a folded text, and the place of its first unit */
export function readSigns({ units, length }: PlacedUnits, told: (shape: number, i: number) => void): void {
  for (let i = 0; i < length; i++) {
    const unit = units[i] as number;
    if (!isHigh(unit)) {
      told(shapeOf(unit), i);
      continue;
    }
    const shape = shapeBeyond(String.fromCharCode(unit, units[i + 1] as number));
    if (shape !== 0) told(shape, i);
    else {
      told(unit, i);
      if (i + 1 < length) told(units[i + 1] as number, i + 1);
    }
    i++;
  }
}

export const isIdeograph = (unit: number): boolean => unit >= 0x3400 && unit <= 0x9fff;
export const isLetter = (unit: number): boolean => unit >= 0x61 && unit <= 0x7a;
export const isDigit = (unit: number): boolean => unit >= 0x30 && unit <= 0x39;
