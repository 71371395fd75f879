import { PlacedUnits } from '../../../../core/placed-units';
import { gap, isDigit, readSigns } from './signs';

const numerals = new Map(
  ['零〇', '一壹幺', '二贰', '三叁', '四肆', '五伍', '六陆', '七柒', '八捌', '九玖'].flatMap((signs, digit) =>
    Array.from(signs, (sign): [number, number] => [sign.charCodeAt(0), 0x30 + digit]),
  ),
);

const blank = 0x20;

/**
 * A folded text as identifiers are read in it: invisible signs dropped, pictures as blanks, look-alikes as what they
 * look like, punctuation as it stands. Is filled again and again.
 */
export class Readable {
  readonly placed = new PlacedUnits();
  digits = 0;
  /** Chinese ones. */
  numerals = 0;
  /** Letters, digits and signs of ASCII. */
  signs = 0;

  fill(folded: PlacedUnits): this {
    this.placed.clear();
    this.digits = 0;
    this.numerals = 0;
    this.signs = 0;
    readSigns(folded, (shape, i) => {
      if (shape === gap.invisible) this.#belongs(folded.to[i] as number);
      else if (shape === gap.picture) this.#add(blank, folded, i);
      else this.#add(shape > gap.hard ? shape : (folded.units[i] as number), folded, i);
    });
    return this;
  }

  /** The text with Chinese numerals as digits; every unit stays in its place. */
  withNumerals(): string {
    const { units, length } = this.placed;
    return Array.from({ length }, (_, i) => {
      const unit = units[i] as number;
      return String.fromCharCode(numerals.get(unit) ?? unit);
    }).join('');
  }

  /** Whether a numeral stands among these units. */
  hides(first: number, end: number): boolean {
    return this.placed.units.subarray(first, end).some((unit) => numerals.has(unit));
  }

  /** The keycap around a digit is shown with it. */
  #belongs(to: number): void {
    const { units, to: ends, length } = this.placed;
    if (length > 0 && isDigit(units[length - 1] as number) && ends[length - 1] === to - 1) this.placed.stretch(to);
  }

  #add(unit: number, { from, to }: PlacedUnits, i: number): void {
    if (isDigit(unit)) this.digits += 1;
    else if (numerals.has(unit)) this.numerals += 1;
    if (unit > blank && unit < 0x80) this.signs += 1;
    this.placed.add(unit, from[i] as number, to[i] as number);
  }
}
