/** Where a word stands in a text, in UTF-16 units; `to` is behind its end. */
export interface Hit {
  word: number;
  from: number;
  to: number;
}

interface Node {
  next: Map<number, number>;
  /** Where to go on when nothing follows: the longest end of what was read that begins a word. */
  back: number;
  /** Words that end here, by their place in the list. */
  ends: number[];
}

interface Folded {
  units: number[];
  /** For each unit, the place in the text it came from. */
  from: number[];
}

/** What most texts are made of, and folding leaves as it is: Chinese characters, small letters, digits. */
const isPlain = (sign: string): boolean =>
  (sign >= '\u4e00' && sign <= '\u9fff') || (sign >= '0' && sign <= '9') || (sign >= 'a' && sign <= 'z');

/**
 * Folds sign by sign, so that every unit knows where it came from. Blanks and invisible signs inside a text would hide
 * a word and are passed over only by rules that say so, not here.
 */
function foldWithPlaces(text: string): Folded {
  const units: number[] = [];
  const from: number[] = [];
  let at = 0;
  for (const sign of text) {
    const folded = isPlain(sign) ? sign : sign.normalize('NFKC').toLowerCase();
    for (let i = 0; i < folded.length; i++) {
      units.push(folded.charCodeAt(i));
      from.push(at);
    }
    at += sign.length;
  }
  from.push(at);
  return { units, from };
}

/**
 * Finds every one of many words in one pass over a text (Aho-Corasick), capitals and wide letters or not.
 * @returns a function that gives the hits in order of their end, overlapping ones too
 */
export function createScanner(words: readonly string[]): (text: string) => Hit[] {
  const nodes = link(grow(words));
  const lengths = words.map((word) => foldWithPlaces(word).units.length);

  return (text) => {
    const { units, from } = foldWithPlaces(text);
    const hits: Hit[] = [];
    let state = 0;
    for (let i = 0; i < units.length; i++) {
      state = step(nodes, state, units[i] as number);
      for (const word of (nodes[state] as Node).ends) {
        const first = i + 1 - (lengths[word] as number);
        hits.push({ word, from: from[first] as number, to: endOf(from, i) });
      }
    }
    return hits;
  };
}

/** Behind the sign that unit `i` came from. */
function endOf(from: readonly number[], i: number): number {
  let next = i + 1;
  while (next < from.length - 1 && from[next] === from[i]) next++;
  return from[next] as number;
}

function grow(words: readonly string[]): Node[] {
  const nodes: Node[] = [{ next: new Map(), back: 0, ends: [] }];
  for (const [word, text] of words.entries()) {
    let at = nodes[0] as Node;
    for (const unit of foldWithPlaces(text).units) {
      let index = at.next.get(unit);
      if (index === undefined) {
        index = nodes.push({ next: new Map(), back: 0, ends: [] }) - 1;
        at.next.set(unit, index);
      }
      at = nodes[index] as Node;
    }
    // An empty word would stand everywhere.
    if (at !== nodes[0]) at.ends.push(word);
  }
  return nodes;
}

/** Nearest to the root first: the way back of a node leads to one that is linked already. */
function link(nodes: Node[]): Node[] {
  const waiting = [0];
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const node = nodes[next] as Node;
    for (const [unit, index] of node.next) {
      const child = nodes[index] as Node;
      child.back = next === 0 ? 0 : step(nodes, node.back, unit);
      child.ends.push(...(nodes[child.back] as Node).ends);
      waiting.push(index);
    }
  }
  return nodes;
}

function step(nodes: readonly Node[], state: number, unit: number): number {
  for (let at = state; ; at = (nodes[at] as Node).back) {
    const next = (nodes[at] as Node).next.get(unit);
    if (next !== undefined) return next;
    if (at === 0) return 0;
  }
}
