import { industry } from './industry';
import { partySeeds } from './party';
import { personSeeds } from './person';
import { salesSeeds } from './sales';
import type { Seed } from './seed';
import { serviceSeeds } from './service';

export type { Seed, SeedItem } from './seed';

/** Every dictionary that comes with the product. A code, once given out, is never used for anything else. */
export const seeds: readonly Seed[] = [industry, ...partySeeds, ...personSeeds, ...salesSeeds, ...serviceSeeds];
