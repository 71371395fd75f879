import type { Database } from '../../../db/database';
import type { EventData } from '../events';
import type { Occasion } from './raise';

/** A handover came to its end: whoever let it go learns of it, and each successor how many are theirs now. */
export async function ofHandover(db: Database, data: EventData['handover.ended']): Promise<Occasion[]> {
  const { handover_id, taken_over, not_taken_over } = data;
  const [handover] = await db.query<{ name: string; submitted_by: string; version: number }>(
    'SELECT name, submitted_by, version FROM handover WHERE id = ?',
    [handover_id],
  );
  if (!handover) return [];
  const { name, submitted_by, version } = handover;
  // It ends once more after what failed was tried again.
  const dedupeKey = `handover:${handover_id}:${version}`;
  const counts = { name, taken: String(taken_over), left: String(not_taken_over) };
  const submitter = submitted_by.replace(/^account:/, '');
  return [
    { kind: 'handover_ended', params: counts, dedupeKey, about: { accountId: submitter } },
    ...(await ofSuccessors(db, handover_id)).map(({ account_id, contacts, group_chats }): Occasion => {
      const params = { contacts: String(Number(contacts)), groups: String(Number(group_chats)) };
      return {
        ...{ kind: 'handover_received', params, dedupeKey: `${dedupeKey}:${account_id}` },
        about: { accountId: account_id },
      };
    }),
  ];
}

const ofSuccessors = (db: Database, handoverId: string) =>
  db.query<{ account_id: string; contacts: unknown; group_chats: unknown }>(
    `SELECT a.id AS account_id, SUM(CASE WHEN i.kind = 'external_contact' THEN 1 ELSE 0 END) AS contacts,
       SUM(CASE WHEN i.kind = 'group_chat' THEN 1 ELSE 0 END) AS group_chats
     FROM handover_item i JOIN account a ON a.staff_id = i.to_staff_id
     WHERE i.handover_id = ? AND i.state = 'taken_over' GROUP BY a.id`,
    [handoverId],
  );
