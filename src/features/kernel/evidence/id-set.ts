/** Ids per page. */
const pageSize = 65_536;

interface Page {
  bits: Uint32Array;
  count: number;
}

/** A set of whole numbers that lie close together: a bit each, counted by pages. */
export class IdSet {
  readonly #pages = new Map<number, Page>();
  lowest = Number.POSITIVE_INFINITY;

  /** @returns false when it was there already */
  add(id: number): boolean {
    const number = Math.floor(id / pageSize);
    const page = this.#pages.get(number) ?? this.#addPage(number);
    const offset = id - number * pageSize;
    const known = page.bits[offset >>> 5] ?? 0;
    const bit = 1 << (offset & 31);
    if ((known & bit) !== 0) return false;
    page.bits[offset >>> 5] = known | bit;
    page.count += 1;
    if (id < this.lowest) this.lowest = id;
    return true;
  }

  has(id: number): boolean {
    const number = Math.floor(id / pageSize);
    const offset = id - number * pageSize;
    return (((this.#pages.get(number)?.bits[offset >>> 5] ?? 0) >>> (offset & 31)) & 1) === 1;
  }

  /** The page an id lies on: its last id, and how many of its ids are in the set. */
  pageOf(id: number): { last: number; count: number } {
    const number = Math.floor(id / pageSize);
    return { last: (number + 1) * pageSize - 1, count: this.#pages.get(number)?.count ?? 0 };
  }

  #addPage(number: number): Page {
    const page = { bits: new Uint32Array(pageSize / 32), count: 0 };
    this.#pages.set(number, page);
    return page;
  }
}
