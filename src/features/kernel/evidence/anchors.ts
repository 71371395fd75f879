import { hash, type KeyObject } from 'node:crypto';
import type { Testimony } from './anchor-witnesses';
import type { Head } from './checkpoints';
import { isSigned, keyIdOf, publicKeyOf, type Signer } from './signing';

/** A signed statement of how far the chain was, kept where who can change the database cannot change it. */
export interface Anchor {
  corp: string;
  n: number;
  link: string;
  /** Links since the anchor before it. */
  count: number;
  /** Hash of the line before it. */
  prev_anchor: string;
  made_at: string;
  key_id: string;
  public_key: string;
  sig: string;
}

/** An anchor as it is kept: the very text, because the next one names its hash. */
export interface AnchorLine {
  text: string;
  /** Undefined when the line is not one. */
  anchor: Anchor | undefined;
}

/** Where anchors are kept, outside the database. */
export interface AnchorStore {
  /** Every line, oldest first. */
  lines(): Promise<AnchorLine[]>;
  append(text: string): Promise<void>;
  /** What the witnesses hold that can be asked. */
  testimonies(): Promise<Testimony[]>;
  /** Witnesses that did not get the newest anchor, as far as this process knows. */
  behind(): string[];
  /** Whether it lies on the disk of the database; null when that cannot be told. */
  onDiskOfDatabase(): Promise<boolean | null>;
}

const statementOf = ({ sig: _, ...rest }: Anchor): string =>
  JSON.stringify([
    ...['anchor', 1, rest.corp, rest.n, rest.link, rest.count],
    ...[rest.prev_anchor, rest.made_at, rest.key_id, rest.public_key],
  ]);

export const hashOfLine = (text: string): string => hash('sha256', text);

export interface AnchorSource {
  corp: string;
  head: Head;
  previous: { n: number; hash: string };
  at: Date;
}

export function makeAnchor(signer: Signer, { corp, head, previous, at }: AnchorSource): Anchor {
  const unsigned = {
    corp,
    n: head.n,
    link: head.link,
    count: head.n - previous.n,
    prev_anchor: previous.hash,
    made_at: at.toISOString(),
    key_id: signer.keyId,
    public_key: signer.publicKey,
    sig: '',
  };
  return { ...unsigned, sig: signer.sign(statementOf(unsigned)) };
}

/** Whether the anchor is signed with the key it names. */
export function isGenuineAnchor(anchor: Anchor): boolean {
  try {
    const key: KeyObject = publicKeyOf(anchor.public_key);
    return keyIdOf(anchor.public_key) === anchor.key_id && isSigned(key, statementOf(anchor), anchor.sig);
  } catch {
    return false;
  }
}

/** Parses a line. Undefined when it is not an anchor. */
export function parseAnchor(text: string): Anchor | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isAnchor(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const texts = ['corp', 'link', 'prev_anchor', 'made_at', 'key_id', 'public_key', 'sig'];

function isAnchor(value: unknown): value is Anchor {
  if (typeof value !== 'object' || value === null) return false;
  const fields = value as Record<string, unknown>;
  return (
    texts.every((name) => typeof fields[name] === 'string') &&
    Number.isSafeInteger(fields.n) &&
    Number.isSafeInteger(fields.count)
  );
}
