import type { WecomAppName } from '../../../../config';
import { insertRows } from '../../../db/bulk';
import { type Database, toDate } from '../../../db/database';

/** `verified`: WeCom checked a callback address (subject: the receiver). `egress`: an address WeCom saw us come from. */
type NoteKind = 'verified' | 'egress';

export interface PlatformNoteView {
  subject: string;
  noted_at: Date;
}

const table = 'platform_note';
const columns = ['kind', 'subject', 'noted_at'];
/** So that a changing address does not fill the table. */
const mostEgress = 10;

export type PlatformNotes = ReturnType<typeof createPlatformNotes>;

/** What was seen of the platform, and when last. */
export function createPlatformNotes(db: Database) {
  const note = (kind: NoteKind, subject: string): Promise<unknown> =>
    insertRows(db, { table, columns, onConflict: { keys: ['kind', 'subject'], update: ['noted_at'] } }, [
      [kind, subject, db.now()],
    ]);

  async function seen(kind: NoteKind): Promise<PlatformNoteView[]> {
    const sql = `SELECT subject, noted_at FROM ${table} WHERE kind = ? ORDER BY noted_at DESC, subject LIMIT ?`;
    const rows = await db.query<{ subject: string; noted_at: unknown }>(sql, [kind, mostEgress]);
    return rows.map(({ subject, noted_at }) => ({ subject, noted_at: toDate(noted_at) }));
  }

  return {
    noteVerified: (receiver: WecomAppName) => note('verified', receiver),
    noteEgress: (address: string) => note('egress', address),

    /** When WeCom last checked the address of each receiver. */
    verifiedAt: async (): Promise<ReadonlyMap<string, Date>> =>
      new Map((await seen('verified')).map(({ subject, noted_at }) => [subject, noted_at])),

    /** Addresses WeCom saw us come from, latest first. */
    egress: () => seen('egress'),
  };
}
