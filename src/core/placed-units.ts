/** A text made comparable: its units, and for each the sign of the text that it came from. Is filled again and again. */
export class PlacedUnits {
  units = new Uint16Array(256);
  /** Where the sign begins that a unit came from, and behind which place it ends. */
  from = new Int32Array(256);
  to = new Int32Array(256);
  length = 0;
  /** The text itself, where folding changed nothing. */
  #same: string | undefined;

  add(unit: number, from: number, to: number): void {
    if (this.length === this.units.length) this.#grow();
    this.units[this.length] = unit;
    this.from[this.length] = from;
    this.to[this.length] = to;
    this.length += 1;
  }

  /** Lets the last unit stand for what follows its sign, up to `to`. */
  stretch(to: number): void {
    if (this.length > 0) this.to[this.length - 1] = to;
  }

  /** Like `text`, with capitals, wide letters and what one sign unfolds into made alike (NFKC). */
  fold(text: string): this {
    this.clear();
    let same = true;
    for (let at = 0; at < text.length; ) {
      const unit = text.charCodeAt(at);
      if (isPlain(unit)) {
        this.add(unit, at, at + 1);
        at += 1;
      } else {
        const sign = String.fromCodePoint(text.codePointAt(at) as number);
        same = this.#addFolded(sign, at) && same;
        at += sign.length;
      }
    }
    if (same) this.#same = text;
    return this;
  }

  clear(): void {
    this.length = 0;
    this.#same = undefined;
  }

  /** The units from `first` to before `end` as a text. */
  text(first = 0, end = this.length): string {
    if (this.#same !== undefined) return this.#same.slice(first, end);
    return Buffer.from(this.units.buffer, first * 2, (end - first) * 2).toString('utf16le');
  }

  /** Where in the text the units from `first` to before `end` stand, in UTF-16 units. */
  span(first: number, end: number): { from: number; to: number } {
    return { from: this.from[first] as number, to: this.to[end - 1] as number };
  }

  /** @returns whether it stays as it is */
  #addFolded(sign: string, at: number): boolean {
    const folded = foldSign(sign);
    for (let i = 0; i < folded.length; i++) this.add(folded.charCodeAt(i), at, at + sign.length);
    return folded === sign;
  }

  #grow(): void {
    const [units, from, to] = [this.units, this.from, this.to];
    this.units = new Uint16Array(units.length * 2);
    this.from = new Int32Array(units.length * 2);
    this.to = new Int32Array(units.length * 2);
    this.units.set(units);
    this.from.set(from);
    this.to.set(to);
  }
}

/** What most texts are made of, and folding leaves as it is: Chinese characters, small letters, digits, blanks. */
const isPlain = (unit: number): boolean =>
  (unit >= 0x4e00 && unit <= 0x9fff) || (unit >= 0x61 && unit <= 0x7a) || (unit >= 0x20 && unit <= 0x40);

const known = new Map<string, string>();

function foldSign(sign: string): string {
  let folded = known.get(sign);
  if (folded === undefined) {
    folded = sign.normalize('NFKC').toLowerCase();
    known.set(sign, folded);
  }
  return folded;
}
