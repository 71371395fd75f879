import type { components as coming, paths as comingPaths } from './coming';
import type { components as served, paths as servedPaths } from './schema';

/** What the server serves, and what it is about to: `coming.d.ts` shrinks as routes arrive, and then goes. */
export type paths = servedPaths & comingPaths;
export interface components {
  schemas: served['schemas'] & Omit<coming['schemas'], keyof served['schemas']>;
}
