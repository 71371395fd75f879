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
    this.#order = Int32Array.from(words.keys()).sort(
      (a, b) => compare(words[a] as string, words[b] as string) || a - b,
    );
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
    const wordAt = (place: number): string => words[this.#order[place] as number] as string;
    for (let node = 0; node < nodes; node++) {
      const [own, last] = [depth[node] as number, until[node] as number];
      let at = this.#wordsFrom[node] as number;
      while (at < last && wordAt(at).length === own) at++;
      // An empty word would stand everywhere.
      this.#wordsTo[node] = node === 0 ? 0 : at;
      this.#children[node] = nodes;
      while (at < last) {
        const unit = wordAt(at).charCodeAt(own);
        this.#unit[nodes] = unit;
        this.#wordsFrom[nodes] = at;
        depth[nodes] = own + 1;
        at = rowEnd({ at, last }, (place) => wordAt(place).charCodeAt(own) === unit);
        until[nodes++] = at;
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

function rowEnd({ at, last }: { at: number; last: number }, belongs: (place: number) => boolean): number {
  let end = at;
  while (end < last && belongs(end)) end++;
  return end;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
