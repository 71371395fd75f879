import { type Database, toDate } from '../../../db/database';
import { HandoverCall } from './handovers.entity';

export type CallState = HandoverCall['state'];

export type CallStore = ReturnType<typeof createCallStore>;

/** What WeCom was asked. Everything that writes is called inside a transaction. */
export function createCallStore(db: Database) {
  return {
    /** The intent, before anybody is asked. @returns its id */
    async intend(
      call: Omit<HandoverCall, 'id' | 'state' | 'errcode' | 'error' | 'sent_at' | 'ended_at'>,
    ): Promise<number> {
      const row = {
        ...call,
        state: 'intended' as const,
        errcode: null,
        error: null,
        sent_at: db.now(),
        ended_at: null,
      };
      const { identifiers } = await db.em.getRepository(HandoverCall).insert(row);
      return Number(identifiers[0]?.id);
    },

    async end(
      id: number,
      state: CallState,
      { errcode, error }: { errcode?: number; error?: string } = {},
    ): Promise<void> {
      await db.execute('UPDATE handover_call SET state = ?, errcode = ?, error = ?, ended_at = ? WHERE id = ?', [
        ...[state, errcode ?? null, error?.slice(0, 255) ?? null, db.now(), id],
      ]);
    },

    async lose(id: number, lookAt: Date, error: string): Promise<void> {
      await db.execute("UPDATE handover_call SET state = 'lost', look_at = ?, error = ? WHERE id = ?", [
        ...[lookAt, error.slice(0, 255), id],
      ]);
    },

    /** Those of a handover whose answer nobody has heard, oldest first. */
    async unheard(handoverId: string): Promise<HandoverCall[]> {
      const rows = await db.query<HandoverCall>(
        "SELECT * FROM handover_call WHERE handover_id = ? AND state IN ('intended', 'lost') ORDER BY id",
        [handoverId],
      );
      return rows.map((row) => ({
        ...row,
        ...{ id: Number(row.id), resigned: Boolean(row.resigned), items: Number(row.items) },
        ...{ sent_at: toDate(row.sent_at), look_at: toDate(row.look_at) },
      }));
    },
  };
}
