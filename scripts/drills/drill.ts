import type { PrivateServer } from '../lib/servers.mjs';
import type { Site, SiteOptions } from './site';
import { withSite } from './site';

/** What a drill stands on. */
export interface Ground {
  /** Undefined: SQLite. */
  mysql: PrivateServer | undefined;
  /** Shorter, for every change. */
  quick: boolean;
}

export interface Drill {
  name: string;
  about: string;
  /** Whether the quick round has it. */
  quick: boolean;
  /** Only where the database is a server of its own, which the drill may halt. */
  ownServer?: 'always' | 'mysql';
  /** It measures time, so nothing else runs beside it. */
  alone?: boolean;
  /** @returns what was seen, in one line. @throws Error when something is broken */
  run(ground: Ground): Promise<string>;
}

/** A site on the ground of the drill. */
export const onSite = <T>(
  { mysql }: Ground,
  options: Omit<SiteOptions, 'mysql'>,
  work: (site: Site) => Promise<T>,
): Promise<T> => withSite({ ...options, mysql }, work);
