import type { KeyObject } from 'node:crypto';
import type { Testimony } from './anchor-witnesses';
import { type AnchorLine, hashOfLine, isGenuineAnchor } from './anchors';
import { type Chain, canonical, type Link, leafOf, type Scalar } from './chain';
import { type Checkpoint, type Head, hashOfSig, isGenuine, mostLinksApart, nothingBefore } from './checkpoints';
import { Faults } from './faults';

/** A link that a signature vouches for. */
interface Pin {
  link: string;
  by: string;
}

/**
 * Checks a chain that is handed over piece by piece: first what is signed, then the links in order. The same for a
 * database and for an export.
 */
export class ChainCheck {
  readonly faults = new Faults();
  readonly #pins = new Map<number, Pin[]>();
  readonly #start: number;
  #head: Head;
  checked = 0;

  constructor(
    private readonly chain: Chain,
    start: Head = { n: 0, link: chain.genesis },
  ) {
    this.#start = start.n;
    this.#head = start;
  }

  get head(): Head {
    return this.#head;
  }

  /** A checkpoint and the one before it. */
  checkpoint(checkpoint: Checkpoint, previous: Checkpoint | undefined, key: KeyObject | undefined): void {
    const { id, n, link, key_id } = checkpoint;
    const about = { n, detail: `checkpoint ${id}` };
    const follows = id === (previous?.id ?? 0) + 1 && n > (previous?.n ?? 0);
    if (!follows || checkpoint.prev !== (previous ? hashOfSig(previous.sig) : nothingBefore)) {
      this.faults.add({ kind: 'order', ...about });
    }
    if (!key) this.faults.add({ kind: 'unknown_key', n, detail: `checkpoint ${id}, key ${key_id}` });
    else if (isGenuine(this.chain.corp, checkpoint, key)) this.#pin(n, { link, by: `checkpoint ${id}` });
    else this.faults.add({ kind: 'signature', ...about });
  }

  /** All anchors there are, oldest first. The first one may follow others that are kept elsewhere. */
  anchors(lines: readonly AnchorLine[], knows: (keyId: string) => boolean): void {
    let before: AnchorLine | undefined;
    for (const line of lines) {
      this.#anchor(line, before, knows);
      before = line;
    }
  }

  /** What a witness holds beside the anchors of the folder. One that the folder lost counts as if it were there. */
  copies({ witness, copies }: Testimony, folder: readonly AnchorLine[], knows: (keyId: string) => boolean): void {
    const kept = new Set(folder.map(({ text }) => text));
    for (const { name, text, anchor } of copies ?? []) {
      if (!anchor) this.faults.add({ kind: 'copy_changed', detail: `${witness}: ${name}` });
      else if (!kept.has(text)) {
        this.faults.add({ kind: 'anchor_missing', n: anchor.n, detail: `${witness} has it: ${name}` });
        this.#anchor({ text, anchor }, undefined, knows);
      }
    }
  }

  #anchor({ anchor }: AnchorLine, before: AnchorLine | undefined, knows: (keyId: string) => boolean): void {
    if (!anchor) return void this.faults.add({ kind: 'unreadable', detail: 'an anchor' });
    const { n, link, made_at, key_id } = anchor;
    const by = `the anchor of ${made_at}`;
    if (before && anchor.prev_anchor !== hashOfLine(before.text)) this.faults.add({ kind: 'order', n, detail: by });
    if (anchor.corp !== this.chain.corp || !isGenuineAnchor(anchor)) {
      return void this.faults.add({ kind: 'signature', n, detail: by });
    }
    if (!knows(key_id)) this.faults.add({ kind: 'unknown_key', n, detail: `${by}, key ${key_id}` });
    this.#pin(n, { link, by });
  }

  #pin(n: number, pin: Pin): void {
    const pins = this.#pins.get(n);
    if (pins) pins.push(pin);
    else this.#pins.set(n, [pin]);
  }

  /** Links come in the order of `n`. A broken one counts once: what follows is checked against what is stored. */
  link(link: Link): void {
    const { n } = link;
    const expected = this.#head.n + 1;
    if (n === expected) {
      if (this.chain.next(this.#head.link, link) !== link.link) this.faults.add({ kind: 'link', n });
    } else if (n > expected) {
      this.faults.add({ kind: 'gap', n: expected, detail: `${n - expected} links are missing` });
    } else {
      this.faults.add({ kind: 'link', n, detail: 'out of order' });
    }
    for (const { link: vouched, by } of this.#pins.get(n) ?? []) {
      if (vouched !== link.link) this.faults.add({ kind: 'rebuilt', n, detail: by });
    }
    this.#head = { n, link: link.link };
    this.checked += 1;
  }

  /** What the link says of its row. */
  content({ n, stream, row_id, form, leaf }: Link, fields: readonly Scalar[]): void {
    if (leafOf(canonical(form, stream, row_id, fields)) !== leaf) {
      this.faults.add({ kind: 'changed', n, stream, row_id });
    }
  }

  /** To be called after the last link. */
  end(): void {
    for (const [n, pins] of this.#pins) {
      for (const { by } of n > this.#head.n ? pins : []) this.faults.add({ kind: 'tail_missing', n, detail: by });
    }
    const signed = [...this.#pins.keys()].filter((n) => n > this.#start && n <= this.#head.n).sort((a, b) => a - b);
    let last = this.#start;
    for (const n of [...signed, this.#head.n]) {
      if (n - last > mostLinksApart) this.faults.add({ kind: 'unsigned', n: last + 1, detail: `${n - last} links` });
      last = n;
    }
  }
}
