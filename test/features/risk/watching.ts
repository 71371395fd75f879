import { days, minutes } from '../../../src/core/clock';
import { insertRows } from '../../../src/db/bulk';
import type { Database } from '../../../src/db/database';
import { createConsentStore } from '../../../src/features/archive/consent/consent.store';
import type { Sweep } from '../../../src/features/risk/detection';
import type { useArchive } from '../../support/archive-system';
import type { Json, SystemAtTest } from '../../support/system';
import { aContact, aRelation, writer } from '../relations/external-contacts/rows';

type Archive = ReturnType<typeof useArchive>;

/** Somebody of staff and somebody outside, whom no test has had yet. */
export interface Watched {
  userid: string;
  external_userid: string;
  staffId: string;
  n: number;
}

export const ago = (ms: number): Date => new Date(Date.now() - ms);

let used = 0;
export const nextPair = (): Watched => {
  const n = ++used;
  return { n, userid: `stf${n}`, staffId: `s-${n}`, external_userid: `wmDEMOwatched${String(n).padStart(16, '0')}` };
};

/** The two know each other. */
export async function know(
  { db, vault }: SystemAtTest,
  { n, userid, external_userid, staffId }: Watched,
): Promise<void> {
  const write = writer(db, vault);
  await db.transact(async () => {
    await write.staff(staffId, userid);
    await write.contacts(aContact(n, { external_userid }));
    await write.relations(aRelation(n, staffId, external_userid));
  });
}

export const seat = (db: Database, userid: string, held: boolean, at: Date): Promise<number> =>
  insertRows(db, { table: 'archive_seat', columns: ['userid', 'held', 'recorded_at'] }, [[userid, held, at]]);

interface Said {
  status: 'agreed' | 'disagreed' | 'unknown';
  at: Date;
  chat_id?: string;
}

/** What WeCom says that somebody outside said to the archive. */
export const consent = (
  db: Database,
  who: Pick<Watched, 'userid' | 'external_userid'>,
  said: Said,
): Promise<number> => {
  const { status, at, chat_id = null } = said;
  const answer = {
    external_userid: who.external_userid,
    userid: chat_id === null ? who.userid : null,
    chat_id,
    status,
  };
  return db.transact(() => createConsentStore(db).record([{ ...answer, changed_at: at }], 'poll'));
};

/** Two who know each other, with a seat and consent since long ago. */
export async function watched(at: SystemAtTest): Promise<Watched> {
  const pair = nextPair();
  await know(at, pair);
  await seat(at.db, pair.userid, true, ago(days(90)));
  await consent(at.db, pair, { status: 'agreed', at: ago(days(90)) });
  return pair;
}

export interface Line {
  by: 'staff' | 'external';
  text: string;
  at: Date;
  /** Whatever else the message holds. */
  [more: string]: unknown;
}

/** Pairs talk in their single chats; it is opened and judged when this returns. */
export const talk = (archive: Archive, ...all: readonly (readonly [Watched, readonly Line[]])[]): Promise<void> =>
  archive.said(
    ...all.flatMap(([{ userid, external_userid }, lines]) =>
      lines.map(({ by, text, at, ...more }) => {
        const [from, to] = by === 'staff' ? [userid, external_userid] : [external_userid, userid];
        return archive.say(text, { from, tolist: [to], msgtime: at.getTime(), ...more });
      }),
    ),
  );

/** So many turns, a minute apart, of which the last is said at `until`. */
export const chatter = (count: number, until: Date): Line[] =>
  Array.from({ length: count }, (_, i) => ({
    ...{ by: i % 2 === 0 ? ('staff' as const) : ('external' as const), text: `第${i}句` },
    at: new Date(until.getTime() - minutes(count - 1 - i)),
  }));

/** Every sweep runs now, due or not. */
export async function swept({ db, system, settled }: SystemAtTest): Promise<void> {
  await db.execute('DELETE FROM detector_run');
  await system.services.detection.sweeping.wake();
  await settled();
}

/** One sweep as it will be some time from now; what it finds is written. @returns what it could not see */
export async function sweepIn({ db, system }: SystemAtTest, ms: number, sweep: Sweep) {
  const { detection, findings } = system.services;
  const { drafts, unseen, lookedAt, explained = [] } = await sweep.sweep({ ...detection.ground, db: later(db, ms) });
  await db.transact(() => findings.raise(sweep, drafts));
  await db.transact(() => findings.explain(sweep, explained));
  return { unseen, lookedAt };
}

const later = (db: Database, ms: number): Database =>
  new Proxy(db, {
    get(target, name) {
      if (name === 'now') return () => new Date(target.now().getTime() + ms);
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });

export const found = (at: SystemAtTest, detector: string, more = ''): Promise<Json[]> =>
  at.api.all(`findings?detector=${detector}${more}`);

/** What the last run of a detector could not judge. */
export async function unseenBy({ db }: SystemAtTest, detector: string): Promise<Json> {
  const sql = 'SELECT unseen FROM detector_run WHERE detector = ? ORDER BY id DESC LIMIT 1';
  const [row] = await db.query<{ unseen: string }>(sql, [detector]);
  return JSON.parse(row?.unseen ?? '{}');
}
