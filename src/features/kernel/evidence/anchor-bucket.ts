import type { ObjectStore } from '../../../core/object-store';
import { ObjectStoreError } from '../../../core/object-store';
import { sideBySide } from '../../../core/side-by-side';
import type { AnchorCopy, AnchorWitness } from './anchor-witnesses';
import { type Anchor, hashOfLine, parseAnchor } from './anchors';

const folder = 'anchors/';
const width = 4;
/** An anchor has some 600. */
const mostBytes = 16_384;

/** In the order they were made; a name fits one text only. */
const nameOf = ({ n, made_at }: Anchor, text: string): string =>
  `${folder}${String(n).padStart(16, '0')}-${made_at.replace(/\D/g, '')}-${hashOfLine(text)}.json`;

/**
 * Each anchor is an object of its own, put only where none is, so that nobody writes over it by mistake; an object lock
 * of the bucket keeps it from those who mean to. What did not arrive is put when the next one is.
 */
export function createAnchorBucket(store: ObjectStore): AnchorWitness {
  return {
    name: 's3',

    async keep(lines) {
      const there = new Set<string>();
      for await (const name of store.names(folder)) there.add(name);
      const named = lines.flatMap(({ text, anchor }) => (anchor ? [{ name: nameOf(anchor, text), text }] : []));
      const missing = named.filter(({ name }) => !there.has(name));
      await sideBySide(missing, width, async ({ name, text }) => void (await store.putNew(name, `${text}\n`)));
    },

    async copies() {
      const names: string[] = [];
      for await (const name of store.names(folder)) names.push(name);
      const copies: AnchorCopy[] = [];
      await sideBySide(names, width, async (name) => {
        const copy = await read(store, name);
        if (copy) copies.push(copy);
      });
      return copies.sort((a, b) => (a.name < b.name ? -1 : 1));
    },
  };
}

/** Undefined when it was removed meanwhile. */
async function read(store: ObjectStore, name: string): Promise<AnchorCopy | undefined> {
  const body = await store.get(name, mostBytes).catch((error: unknown) => {
    if (error instanceof ObjectStoreError && error.code === 'too_large') return '';
    throw error;
  });
  if (body === undefined) return undefined;
  const text = body.replace(/\n$/, '');
  const anchor = parseAnchor(text);
  return { name, text, anchor: anchor && nameOf(anchor, text) === name ? anchor : undefined };
}
