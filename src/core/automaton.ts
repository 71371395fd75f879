/**
 * Finds every one of many words in one pass (Aho-Corasick). Nodes are numbered level by level, so that the children of
 * one stand in a row and few flat arrays hold everything: a list of 50,000 words takes some megabytes.
 */
export class Automaton {
  /** Words in the order of their units; those that end at a node stand in a row. */
  readonly #order: Int32Array;
  /** By node: the unit that leads to it, and its first child; the last is before the first of the next node. */
  readonly #unit: Uint16Array;
  readonly #children: Int32Array;
  /** Where to go on when nothing follows: the longest end of what was read that begins a word. */
  readonly #back: Int32Array;
  /** By node: its words in `order`, from and to before. */
  readonly #wordsFrom: Int32Array;
  readonly #wordsTo: Int32Array;
  /** The nearest node, itself or further back, that has words; 0 when none has. */
  readonly #ends: Int32Array;
  /** Children of the root by their unit, in pages of 256: nearly every unit of a text asks for one. */
  readonly #begins: (Int32Array | undefined)[] = new Array(256).fill(undefined);

  constructor(words: readonly string[]) {
    const most = words.reduce((sum, word) => sum + word.length, 1);
    this.#order = Int32Array.from(words.keys());
    this.#unit = new Uint16Array(most);
    this.#children = new Int32Array(most + 1);
    this.#back = new Int32Array(most);
    this.#wordsFrom = new Int32Array(most);
    this.#wordsTo = new Int32Array(most);
    this.#ends = new Int32Array(most);
    this.#link(this.#grow(words));
  }

  /** @param found is told a word and before which unit it ends; of those that end together the longest first */
  scan(units: Uint16Array, length: number, found: (word: number, end: number) => void): void {
    let node = 0;
    for (let i = 0; i < length; i++) {
      node = this.#step(node, units[i] as number);
      for (let at = this.#ends[node] as number; at !== 0; at = this.#ends[this.#back[at] as number] as number) {
        const last = this.#wordsTo[at] as number;
        for (let k = this.#wordsFrom[at] as number; k < last; k++) found(this.#order[k] as number, i + 1);
      }
    }
  }

  /** The words below a node share what leads to it, so they stand in a row of `order`. @returns how many nodes there are */
  #grow(words: readonly string[]): number {
    const until = new Int32Array(this.#unit.length);
    const depth = new Uint16Array(this.#unit.length);
    until[0] = words.length;
    let nodes = 1;
    for (let node = 0; node < nodes; node++) {
      const [from, last] = [this.#wordsFrom[node] as number, until[node] as number];
      const row = new Row(words, this.#order.subarray(from, last), depth[node] as number);
      let at = row.behind(0, ended);
      // An empty word would stand everywhere.
      this.#wordsTo[node] = node === 0 ? 0 : from + at;
      this.#children[node] = nodes;
      while (at < row.length) {
        const unit = row.unit(at);
        this.#unit[nodes] = unit;
        this.#wordsFrom[nodes] = from + at;
        depth[nodes] = row.depth + 1;
        at = row.behind(at, unit);
        until[nodes++] = from + at;
      }
    }
    this.#children[nodes] = nodes;
    return nodes;
  }

  /** Nearest to the root first: the way back of a node leads to one that is linked already. */
  #link(nodes: number): void {
    for (let node = 0; node < nodes; node++) {
      const last = this.#children[node + 1] as number;
      for (let child = this.#children[node] as number; child < last; child++) {
        const unit = this.#unit[child] as number;
        if (node === 0) this.#begin(unit, child);
        else this.#back[child] = this.#step(this.#back[node] as number, unit);
        const has = (this.#wordsTo[child] as number) > (this.#wordsFrom[child] as number);
        this.#ends[child] = has ? child : (this.#ends[this.#back[child] as number] as number);
      }
    }
  }

  #begin(unit: number, node: number): void {
    let page = this.#begins[unit >> 8];
    if (!page) {
      page = new Int32Array(256);
      this.#begins[unit >> 8] = page;
    }
    page[unit & 255] = node;
  }

  #step(from: number, unit: number): number {
    for (let node = from; node !== 0; node = this.#back[node] as number) {
      const next = this.#child(node, unit);
      if (next !== 0) return next;
    }
    return this.#begins[unit >> 8]?.[unit & 255] ?? 0;
  }

  #child(node: number, unit: number): number {
    let low = this.#children[node] as number;
    let high = this.#children[node + 1] as number;
    while (low < high) {
      const middle = (low + high) >> 1;
      const there = this.#unit[middle] as number;
      if (there === unit) return middle;
      if (there < unit) low = middle + 1;
      else high = middle;
    }
    return 0;
  }
}

/** What a word has for a unit behind its end. */
const ended = -1;

/** Words that begin alike, brought into the order of the unit that comes next and, among those, of the list. */
class Row {
  readonly length: number;
  constructor(
    private readonly words: readonly string[],
    private readonly order: Int32Array,
    readonly depth: number,
  ) {
    this.length = order.length;
    // As numbers, which are sorted without a comparison of ours.
    if (this.length > 1) {
      const keys = Float64Array.from(order, (word, i) => (this.unit(i) + 1) * 2 ** 32 + word).sort();
      for (let i = 0; i < keys.length; i++) order[i] = (keys[i] as number) % 2 ** 32;
    }
  }

  unit(at: number): number {
    const word = this.words[this.order[at] as number] as string;
    return word.length > this.depth ? word.charCodeAt(this.depth) : ended;
  }

  /** The first place from `at` on where another unit stands. */
  behind(at: number, unit: number): number {
    let next = at;
    while (next < this.length && this.unit(next) === unit) next++;
    return next;
  }
}
