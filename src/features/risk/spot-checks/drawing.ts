import { createHmac } from 'node:crypto';

/** A conversation's place in the draw: nobody can tell it without the seed, and everybody with it. */
const placeOf = (seed: string, id: string): string => createHmac('sha256', seed).update(id).digest('hex');

/**
 * The one whose place comes first. The same seed and the same conversations give the same one, in whatever order they
 * come.
 * @param ids at least one
 */
export const drawOne = (seed: string, ids: readonly string[]): string =>
  ids.reduce((first, id) => (placeOf(seed, id) < placeOf(seed, first) ? id : first));
