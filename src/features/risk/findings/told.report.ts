import { groupBy } from '../../../core/collections';
import { allOf, type Condition, isIn } from '../../../db/conditions';
import { type Database, toDate } from '../../../db/database';
import { iso } from '../../../http/schema';
import type { Told } from './findings.schema';

interface Place {
  source: string;
  ref: string;
}

interface Row extends Omit<Told, 'what' | 'at' | 'inside'> {
  id: number | string;
  what: unknown;
  at: unknown;
  inside: unknown;
}

/** SQL; `f` is the table that the evidence names, so that conditions on findings hold for those that are evidence. */
interface Reading {
  what: string;
  at: string;
  /** userid, external_userid, chat_id */
  whom: string;
  inside?: string;
  from: string;
}

const ofLog: Reading = {
  // Of the administrators' log the detail tells what was done.
  what: "CASE WHEN f.source = 'admin_log' THEN COALESCE(f.detail_type, f.type) ELSE f.type END",
  at: 'f.occurred_at',
  whom: 'f.userid, NULL AS external_userid, NULL AS chat_id',
  from: 'security_record f',
};

/** Where evidence stands, and what of it can be told without opening anything that was said. */
const readings: Readonly<Record<string, Reading>> = {
  relation_history: {
    ...{ what: 'f.kind', at: 'f.occurred_at', whom: 's.userid, r.external_userid, NULL AS chat_id' },
    from: 'relation_history f JOIN relation r ON r.id = f.relation_id JOIN staff s ON s.id = r.staff_id',
  },
  group_chat_history: {
    ...{ what: 'f.kind', at: 'f.occurred_at', whom: 'NULL AS userid, NULL AS external_userid, f.chat_id' },
    from: 'group_chat_history f',
  },
  message: {
    ...{ what: 'f.type', at: 'f.sent_at', whom: 'c.userid, c.external_userid, c.chat_id', inside: 'f.conversation_id' },
    from: 'archive_message f JOIN archive_conversation c ON c.id = f.conversation_id',
  },
  consent: {
    ...{ what: 'f.status', at: 'COALESCE(f.changed_at, f.recorded_at)' },
    whom: "NULLIF(f.userid, '') AS userid, f.external_userid, NULLIF(f.chat_id, '') AS chat_id",
    from: 'archive_consent f',
  },
  seat: {
    ...{ what: "CASE WHEN f.held = 1 THEN 'held' ELSE 'lost' END", at: 'f.recorded_at' },
    whom: 'f.userid, NULL AS external_userid, NULL AS chat_id',
    from: 'archive_seat f',
  },
  ...{ member_log: ofLog, admin_log: ofLog, file_record: ofLog, screen_record: ofLog },
  device_report: {
    ...{ what: 'c.name', at: 'f.received_at', whom: 'NULL AS userid, NULL AS external_userid, NULL AS chat_id' },
    from: 'device_report f JOIN device_connector c ON c.id = f.connector_id',
  },
  spot_check: {
    ...{ what: 'f.outcome', at: 'f.at', whom: 'k.userid, NULL AS external_userid, NULL AS chat_id', inside: 'k.id' },
    from: 'spot_check_result f JOIN spot_check k ON k.id = f.spot_check_id',
  },
  finding: {
    ...{ what: 'f.detector', at: 'f.occurred_at', whom: 'f.userid, f.external_userid, f.chat_id' },
    from: 'finding f',
  },
};

/**
 * What evidence tells: a code, a time and whom it concerns. Nothing that was said; of other findings only of those that
 * the reader may see.
 * @returns null of what is gone, or out of sight
 */
export async function toldBy(
  db: Database,
  places: readonly Place[],
  visible: readonly Condition[],
): Promise<(place: Place) => Told | null> {
  const told = new Map<string, Told>();
  for (const [source, named] of groupBy(places, (place) => place.source)) {
    const reading = readings[source];
    if (!reading) continue;
    const namedIds = isIn(
      'f.id',
      named.map(({ ref }) => Number(ref)),
    );
    const { where, params } = allOf([namedIds, ...(source === 'finding' ? visible : [])]);
    const { what, at, whom, inside = 'NULL', from } = reading;
    const columns = `f.id, ${what} AS what, ${at} AS at, ${inside} AS inside, ${whom}`;
    const rows = await db.query<Row>(`SELECT ${columns} FROM ${from} WHERE ${where}`, params);
    for (const row of rows) told.set(`${source} ${row.id}`, toldOf(row));
  }
  return ({ source, ref }) => told.get(`${source} ${ref}`) ?? null;
}

const toldOf = ({ what, at, inside, userid, external_userid, chat_id }: Row): Told => ({
  ...{ what: String(what), at: iso(toDate(at)), inside: inside === null ? null : String(inside) },
  ...{ userid, external_userid, chat_id },
});
