import { Deployment1763769600000 } from './1763769600000-deployment';

/** Every migration, oldest first. */
export const migrations = [Deployment1763769600000];
