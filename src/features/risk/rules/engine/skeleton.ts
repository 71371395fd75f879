import { PlacedUnits } from '../../../../core/placed-units';
import { gap, isDigit, isLetter, readSigns } from './signs';

const [wei, xin, star, guard] = [...'微信星卫'].map((sign) => sign.charCodeAt(0)) as [number, number, number, number];
const [v, w, x] = [0x76, 0x77, 0x78];
const alikeWei = new Set([...'威徽巍v'].map((sign) => sign.charCodeAt(0)));

/**
 * What is left of a text when all is dropped that hides a word: blanks, punctuation, pictures and invisible signs
 * between the signs, look-alikes, traditional characters. Is filled again and again.
 */
export class Skeleton {
  readonly placed = new PlacedUnits();
  /** By unit: the strongest thing that stood before it. Before the first and behind the last a text ends. */
  gaps = new Uint8Array(256);

  fill(folded: PlacedUnits): this {
    this.placed.clear();
    let before: number = gap.hard;
    readSigns(folded, (shape, i) => {
      if (shape <= gap.hard) {
        before = Math.max(before, shape);
        return;
      }
      this.#mark(this.placed.length, before);
      this.placed.add(shape, folded.from[i] as number, folded.to[i] as number);
      before = gap.none;
    });
    this.#mark(this.placed.length, gap.hard);
    this.#spellWeixin();
    return this;
  }

  #mark(at: number, what: number): void {
    if (at === this.gaps.length) {
      const longer = new Uint8Array(at * 2);
      longer.set(this.gaps);
      this.gaps = longer;
    }
    this.gaps[at] = what;
  }

  /** 威信, 徽信, V信, 卫星, vx and wx are all said for 微信. */
  #spellWeixin(): void {
    const { units, length } = this.placed;
    for (let i = 1; i < length; i++) {
      const [before, here] = [units[i - 1] as number, units[i] as number];
      if (here === xin && alikeWei.has(before)) units[i - 1] = wei;
      else if ((here === star && before === guard) || (here === x && this.#isVx(i))) {
        units[i - 1] = wei;
        units[i] = xin;
      }
    }
  }

  #isVx(i: number): boolean {
    const { units } = this.placed;
    const first = units[i - 1];
    return (first === v || first === w) && this.#startsWord(i - 1) && this.#endsWord(i + 1);
  }

  /** No letter or digit stands right before `i`. */
  #startsWord(i: number): boolean {
    return (this.gaps[i] as number) > gap.invisible || !isLatin(this.placed.units[i - 1] as number);
  }

  /** None stands right at `i`. */
  #endsWord(i: number): boolean {
    return (this.gaps[i] as number) > gap.invisible || !isLatin(this.placed.units[i] as number);
  }
}

const isLatin = (unit: number): boolean => isLetter(unit) || isDigit(unit);

/**
 * Whether the units from `first` to before `end` can be meant as one word, for all that stands between them: a comma
 * between two signs parts them, commas between all signs hide a word.
 */
export function isOneWord({ gaps, placed: { units } }: Skeleton, first: number, end: number): boolean {
  let strongest: number = gap.none;
  let spaced = true;
  let latin = (units[first] as number) < 0x80;
  for (let i = first + 1; i < end; i++) {
    const here = gaps[i] as number;
    strongest = Math.max(strongest, here);
    spaced &&= here > gap.invisible;
    latin &&= (units[i] as number) < 0x80;
  }
  if (strongest <= gap.invisible) return true;
  const apart = (gaps[first] as number) > gap.invisible && (gaps[end] as number) > gap.invisible;
  if (latin) return spaced && apart;
  return strongest < gap.hard || (spaced && (apart || end - first > 2));
}
