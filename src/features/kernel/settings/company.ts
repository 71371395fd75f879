import type { Database } from '../../../db/database';

export type Company = ReturnType<typeof createCompany>;

/** Whose database this is (design §2): stamped once, and never changed again. */
export function createCompany(db: Database) {
  return {
    /** Empty until a company was connected. */
    async corpId(): Promise<string> {
      const [row] = await db.query<{ corp_id: string }>('SELECT corp_id FROM deployment');
      return row?.corp_id ?? '';
    },

    /** Call it in a transaction. @returns false when the database belongs to a company already */
    connect: async (corpId: string): Promise<boolean> =>
      (await db.execute("UPDATE deployment SET corp_id = ? WHERE corp_id = ''", [corpId])) > 0,
  };
}
