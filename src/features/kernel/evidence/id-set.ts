const pageBits = 65_536;

/** A set of whole numbers that lie close together: a bit each. */
export class IdSet {
  readonly #pages = new Map<number, Uint32Array>();
  lowest = Number.POSITIVE_INFINITY;

  /** @returns false when it was there already */
  add(id: number): boolean {
    const [page, word, bit] = this.#place(id);
    const known = page[word] ?? 0;
    page[word] = known | bit;
    if (id < this.lowest) this.lowest = id;
    return (known & bit) === 0;
  }

  has(id: number): boolean {
    const [page, word, bit] = this.#place(id);
    return ((page[word] ?? 0) & bit) !== 0;
  }

  #place(id: number): [page: Uint32Array, word: number, bit: number] {
    const number = Math.floor(id / pageBits);
    const offset = id - number * pageBits;
    let page = this.#pages.get(number);
    if (!page) {
      page = new Uint32Array(pageBits / 32);
      this.#pages.set(number, page);
    }
    return [page, offset >>> 5, 1 << (offset & 31)];
  }
}
