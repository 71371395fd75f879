import { isIn } from '../../../../db/conditions';
import { toDate } from '../../../../db/database';
import type { Draft, EvidenceRef } from '../../findings';
import { type ConsentRow, consentColumns, consentFact } from '../consents';
import type { Ground, Sweep, Swept } from '../detector';
import { type Seats, seatsOf } from '../seats';

interface Group {
  chat_id: string;
  owner: string;
  updated_at: unknown;
  external_count: number;
}

/** What the external members of a group said. */
interface Answers {
  externals: number;
  agreed: number;
  disagreed: number;
  /** WeCom said something that is neither. */
  unclear: number;
}

/**
 * A group with people outside that the archive does not hear, or not all of it: its owner has no seat, or somebody in it
 * did not agree; where nobody said no and some have only never said yes, that weighs little. Who joined since WeCom was
 * asked is not counted; of a group that it was never asked about nobody knows.
 */
export const groupDark: Sweep = {
  ...{ code: 'GROUP_DARK', version: 2, every: 360 },
  async sweep(ground): Promise<Swept> {
    const groups = await groupsWithOutsiders(ground);
    const [seats, answers] = [await seatsOf(ground), await answersByGroup(ground)];
    const drafts = seats.isKnown ? groups.filter(({ owner }) => !seats.has(owner)).map((g) => unheard(g, seats)) : [];
    const refused = groups.filter(({ chat_id }) => (answers.get(chat_id)?.disagreed ?? 0) > 0);
    for (const group of refused) {
      drafts.push(incomplete(group, answers.get(group.chat_id) as Answers, await refusals(ground, group.chat_id)));
    }
    const unasked = groups.filter(({ chat_id }) => isUnknown(answers.get(chat_id))).length;
    return {
      ...{ drafts, lookedAt: groups.length },
      unseen: {
        ...(seats.isKnown || groups.length === 0 ? {} : { seat_unknown: groups.length }),
        ...(unasked > 0 ? { consent_unknown: unasked } : {}),
      },
    };
  },
};

const isUnknown = (answers: Answers | undefined): boolean => !answers || answers.agreed + answers.disagreed === 0;

const groupsWithOutsiders = ({ db }: Ground): Promise<Group[]> =>
  db.query<Group>(
    `SELECT chat_id, owner, updated_at, external_count FROM group_chat
     WHERE state = 'active' AND external_count > 0 ORDER BY chat_id`,
  );

async function answersByGroup({ db }: Ground): Promise<Map<string, Answers>> {
  const rows = await db.query<{ chat_id: string; status: string | null; n: unknown }>(
    `SELECT m.chat_id, c.status, COUNT(*) AS n FROM group_chat_member m
       LEFT JOIN archive_consent_now c ON c.external_userid = m.userid AND c.userid = '' AND c.chat_id = m.chat_id
     WHERE m.type = 2 GROUP BY m.chat_id, c.status`,
  );
  const known = new Map<string, Answers>();
  for (const { chat_id, status, n } of rows) {
    const { externals, ...counts } = known.get(chat_id) ?? { externals: 0, agreed: 0, disagreed: 0, unclear: 0 };
    const kind = ({ agreed: 'agreed', disagreed: 'disagreed', unknown: 'unclear' } as const)[status ?? ''];
    if (kind) counts[kind] += Number(n);
    known.set(chat_id, { ...counts, externals: externals + Number(n) });
  }
  return known;
}

/** The newest refusal of each who is in the group. */
async function refusals({ db }: Ground, chatId: string): Promise<ConsentRow[]> {
  const members = await db.query<{ userid: string }>(
    `SELECT m.userid FROM group_chat_member m JOIN archive_consent_now n
       ON n.external_userid = m.userid AND n.userid = '' AND n.chat_id = m.chat_id
     WHERE m.chat_id = ? AND m.type = 2 AND n.status = 'disagreed' ORDER BY m.userid LIMIT 50`,
    [chatId],
  );
  const [theirs, ...who] = isIn(
    'c.external_userid',
    members.map(({ userid }) => userid),
  );
  return db.query<ConsentRow>(
    `SELECT ${consentColumns} FROM archive_consent c WHERE c.id IN (
       SELECT MAX(c.id) FROM archive_consent c
       WHERE ${theirs} AND c.userid = '' AND c.chat_id = ? AND c.status = 'disagreed' GROUP BY c.external_userid)
     ORDER BY c.id`,
    [...who, chatId],
  );
}

const about = ({ chat_id, owner }: Group) => ({
  ...{ evidenceLevel: 'DERIVED' as const, severity: 'medium' as const, userid: owner || undefined, chatId: chat_id },
});

/** The owner lost a seat, or never had one: once for either. */
function unheard(group: Group, seats: Seats): Draft {
  const fact: EvidenceRef | undefined = seats.factOf(group.owner);
  return {
    ...{ key: `${group.chat_id}:seat:${group.owner}:${fact?.ref ?? 0}`, ...about(group) },
    occurredAt: seats.lines.findLast(({ userid }) => userid === group.owner)?.at ?? toDate(group.updated_at),
    features: { how: 'owner_without_seat', externals: Number(group.external_count) },
    evidence: fact ? [fact] : [],
  };
}

/** Once, and again when somebody else refuses. */
function incomplete(group: Group, { externals, agreed, disagreed }: Answers, rows: readonly ConsentRow[]): Draft {
  const newest = rows.at(-1);
  return {
    ...{ key: `${group.chat_id}:consent:${newest?.id ?? 0}`, ...about(group) },
    // WeCom gives no time for an answer that was never given.
    severity: rows.some(({ changed_at }) => changed_at !== null) ? 'medium' : 'low',
    occurredAt: toDate(newest?.changed_at ?? newest?.recorded_at ?? group.updated_at),
    features: { how: 'consent_incomplete', externals, agreed, disagreed },
    evidence: rows.map(consentFact),
  };
}
