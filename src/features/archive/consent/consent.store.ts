import { inChunks, insertRows } from '../../../db/bulk';
import { type Database, placeholders, toDateOrNull } from '../../../db/database';
import type { ArchiveConsentNow, ConsentSource, ConsentStatus } from './consent.entity';

/** What somebody outside said to being archived: in a single chat, or in a group chat. */
export interface Answer {
  userid: string | null;
  chat_id: string | null;
  external_userid: string;
  status: ConsentStatus;
  changed_at: Date | null;
}

const partyOf = (one: { external_userid: string; userid: string | null; chat_id: string | null }): string =>
  JSON.stringify([one.external_userid, one.userid ?? '', one.chat_id ?? '']);

export type ConsentStore = ReturnType<typeof createConsentStore>;

/** The history of consent and of seats. Everything that writes is called inside a transaction. */
export function createConsentStore(db: Database) {
  async function standing(answers: readonly Answer[]): Promise<Map<string, ArchiveConsentNow>> {
    const ids = [...new Set(answers.map(({ external_userid }) => external_userid))];
    const rows = await inChunks(ids, (chunk) =>
      db.query<ArchiveConsentNow>(
        `SELECT * FROM archive_consent_now WHERE external_userid IN (${placeholders(chunk.length)})`,
        chunk,
      ),
    );
    return new Map(rows.map((row) => [partyOf(row), row]));
  }

  return {
    /**
     * What changed goes into the history. What is older than what we know does, too, but decides nothing.
     * @returns how many changed
     */
    async record(answers: readonly Answer[], source: ConsentSource): Promise<number> {
      const now = db.now();
      const known = await standing(answers);
      const news = answers.filter((one) => differs(one, known.get(partyOf(one))));
      const party = ['userid', 'external_userid', 'chat_id'];
      await insertRows(
        db,
        { table: 'archive_consent', columns: [...party, 'status', 'changed_at', 'source', 'recorded_at'] },
        news.map((one) => [
          ...[one.userid ?? '', one.external_userid, one.chat_id ?? '', one.status, one.changed_at, source, now],
        ]),
      );
      const current = answers.filter((one) => !isOlder(one, known.get(partyOf(one))));
      const last = new Map(current.map((one) => [partyOf(one), one]));
      const update = ['status', 'changed_at', 'source', 'checked_at'];
      await insertRows(
        db,
        { table: 'archive_consent_now', columns: [...party, ...update], onConflict: { keys: party, update } },
        [...last.values()].map((one) => [
          ...[one.userid ?? '', one.external_userid, one.chat_id ?? '', one.status, one.changed_at, source, now],
        ]),
      );
      return news.length;
    },

    /** Userids that hold a seat, as far as we know. */
    async seats(): Promise<string[]> {
      const rows = await db.query<{ userid: string; held: unknown }>(
        'SELECT userid, held FROM archive_seat WHERE id IN (SELECT MAX(id) FROM archive_seat GROUP BY userid)',
      );
      return rows.filter(({ held }) => Boolean(held)).map(({ userid }) => userid);
    },

    /** How many have a seat; null while nothing is known of seats. */
    async seatsHeld(): Promise<number | null> {
      const [known] = await db.query('SELECT id FROM archive_seat LIMIT 1');
      return known ? (await this.seats()).length : null;
    },

    /** Of how many conversations an answer is known, and in how many somebody agreed; null while nothing is known. */
    async consents(): Promise<{ asked: number; agreed: number } | null> {
      const rows = await db.query<{ status: ConsentStatus; n: unknown }>(
        'SELECT status, COUNT(*) AS n FROM archive_consent_now GROUP BY status',
      );
      const asked = rows.reduce((sum, { n }) => sum + Number(n), 0);
      return asked === 0 ? null : { asked, agreed: Number(rows.find(({ status }) => status === 'agreed')?.n ?? 0) };
    },

    /** Who got one and who lost theirs. @returns how many changed */
    async recordSeats(userids: readonly string[]): Promise<number> {
      const before = new Set(await this.seats());
      const after = new Set(userids);
      const changes = [
        ...[...after].filter((userid) => !before.has(userid)).map((userid) => [userid, true]),
        ...[...before].filter((userid) => !after.has(userid)).map((userid) => [userid, false]),
      ] as [string, boolean][];
      const columns = ['userid', 'held', 'recorded_at'];
      const rows = changes.map((change) => [...change, db.now()]);
      await insertRows(db, { table: 'archive_seat', columns }, rows);
      return changes.length;
    },
  };
}

const timeOf = (at: unknown): number | undefined => toDateOrNull(at)?.getTime();

const differs = (one: Answer, known: ArchiveConsentNow | undefined): boolean =>
  known?.status !== one.status || (one.changed_at !== null && timeOf(known?.changed_at) !== one.changed_at.getTime());

const isOlder = (one: Answer, known: ArchiveConsentNow | undefined): boolean =>
  one.changed_at !== null && one.changed_at.getTime() < (timeOf(known?.changed_at) ?? 0);
