import { type Clock, seconds } from '../../../core/clock';
import type { Viewer } from '../../../http/permissions';

/** Whom a credential stands for, and until when (milliseconds since 1970) it does. */
export interface Standing {
  viewer: Viewer;
  until: number;
}

/** A disabled account or revoked token is out on every process within this time (S6). */
const keptFor = seconds(5);
const maxEntries = 5000;

/** Remembers credentials for 5 s by their hash, so that a busy caller costs one database read in 5 s, not one a call. */
export function createViewerCache(clock: Clock) {
  const entries = new Map<string, { staleAt: number; standing: Promise<Standing | undefined> }>();

  const load = (hash: string, read: () => Promise<Standing | undefined>) => {
    const [oldest] = entries.keys();
    if (oldest !== undefined && entries.size >= maxEntries) entries.delete(oldest);
    const entry = { staleAt: clock.now().getTime() + keptFor, standing: read() };
    // Delete first: a Map keeps an overwritten key at its old place, and the oldest goes first.
    entries.delete(hash);
    entries.set(hash, entry);
    const drop = () => entries.get(hash) === entry && entries.delete(hash);
    entry.standing.then((found) => found ?? drop(), drop);
    return entry;
  };

  return {
    /** Callers that come while the first one reads share its answer. */
    async viewer(hash: string, read: () => Promise<Standing | undefined>): Promise<Viewer | undefined> {
      const now = clock.now().getTime();
      const kept = entries.get(hash);
      const entry = kept && now < kept.staleAt ? kept : load(hash, read);
      const standing = await entry.standing;
      return standing && now < standing.until ? standing.viewer : undefined;
    },
    forget: () => entries.clear(),
  };
}
