import type { Database } from '../../../db/database';
import type { AuditService } from '../audit';
import type { LiveSettings } from './live-settings';
import type { Editor } from './settings.editor';

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

interface Deps {
  db: Database;
  audit: Pick<AuditService, 'record'>;
  live: Pick<LiveSettings, 'corpId' | 'refresh'>;
}

/** Makes the company that was typed, and whose app has just proved to work, the one this database belongs to. */
export function createConnector({ db, audit, live }: Deps) {
  const company = createCompany(db);
  return async ({ actor, address }: Editor): Promise<void> => {
    const corpId = live.corpId();
    await db.transact(async () => {
      if (!(await company.connect(corpId))) return;
      await audit.record({ actor, address, action: 'company.connected', target: `company:${corpId}`, result: 'ok' });
    });
    await live.refresh();
  };
}
