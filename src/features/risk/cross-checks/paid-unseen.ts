import { days, hours, shanghaiDay } from '../../../core/clock';
import { groupBy } from '../../../core/collections';
import type { Sweep, Swept } from '../detection';
import type { Draft } from '../findings';
import type { MoneyRecords } from './money-records';
import { type Talk, talkWhere } from './talk';

/** A record may be written so long before or after the words. */
const apartMs = hours(48);
const lookedAtMs = days(10);

/**
 * Somebody outside says that they have paid, and the company's books know of nothing between the two (violations §4.1, the
 * strongest cross-check). One finding for a pair and a day. Without books there is nothing to miss: it is counted.
 */
export const paidUnseen = (records: MoneyRecords): Sweep => ({
  ...{ code: 'PRIVATE_PAYMENT', version: 1, every: 60 },
  async sweep({ db }): Promise<Swept> {
    const now = db.now().getTime();
    const [from, to] = [new Date(now - lookedAtMs), new Date(now - apartMs)];
    const said = await talkWhere(db, ["t.kind = 'paid' AND t.sent_at >= ? AND t.sent_at < ?", from, to]);
    const days = [...groupBy(said, dayOf).values()];
    if (!records.isConnected()) {
      return { drafts: [], lookedAt: days.length, unseen: days.length > 0 ? { not_connected: days.length } : {} };
    }
    const drafts: Draft[] = [];
    for (const talks of days) {
      const first = talks[0] as Talk;
      const span = [new Date(first.at.getTime() - apartMs), new Date(first.at.getTime() + apartMs)] as const;
      if ((await records.between(first.pair, ...span)).length > 0) continue;
      const sql = "t.conversation_id = ? AND t.kind = 'collect' AND t.sent_at BETWEEN ? AND ?";
      drafts.push(draftOf(talks, await talkWhere(db, [sql, first.conversation, ...span])));
    }
    return { drafts, lookedAt: days.length, unseen: {} };
  },
});

const dayOf = ({ pair, at }: Talk): string => `${pair.userid}|${pair.external_userid}|${shanghaiDay(at)}`;

function draftOf(talks: readonly Talk[], codes: readonly Talk[]): Draft {
  const first = talks[0] as Talk;
  return {
    key: `paid:${dayOf(first)}`,
    ...{ evidenceLevel: 'CIRCUMSTANTIAL', severity: codes.length > 0 ? 'high' : 'medium' },
    ...{ userid: first.pair.userid, externalUserid: first.pair.external_userid, occurredAt: first.at },
    features: { how: 'paid_and_not_booked', said: talks.length, personal_codes: codes.length },
    evidence: [...talks, ...codes].map(({ fact }) => fact),
  };
}
