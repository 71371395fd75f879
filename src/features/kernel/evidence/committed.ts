import type { Database } from '../../../db/database';

/**
 * Reads only what is committed. On SQLite, where a process has one connection, a bare read also sees what a neighbour
 * has written and may still take back.
 */
export const committed = <T>(db: Database, read: () => Promise<T>): Promise<T> => db.transact(read);
