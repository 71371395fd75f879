import { hours } from '../../../../core/clock';
import type { Draft } from '../../findings';
import { defineDetector, type Ground } from '../detector';
import { earlierFindings, findingFacts } from '../earlier-findings';
import { type PairLine, pairHistory } from '../pair-history';
import { factAt, toldBefore } from '../relation-fact';
import { contentDetectors } from '../signs';

const kinds = ['external_deleted', 'added', 'half_added'];

/**
 * An external contact deleted a member of staff (`del_follow_user`): a customer at risk, and no fault of anybody; unless
 * what the two wrote in the day before was flagged by more than a lead, also when that becomes known only after it.
 */
export const staffDeletedByCustomer = defineDetector({
  code: 'STAFF_DELETED_BY_CUSTOMER',
  version: 3,
  hears: ['relation.deleted_by_external', 'finding.raised'],
  async detect(event, ground) {
    if (event.type === 'finding.raised') return flaggedLater(event.data, event.occurred_at, ground);
    const { occurred_at, data } = event;
    const pair = { userid: data.userid, externalUserid: data.external_userid };
    const flagged = await flagsBefore(ground, pair, occurred_at);
    const lines = await pairHistory(ground, data.relation_id, kinds);
    if (toldBefore(lines, 'external_deleted', occurred_at)) return [];
    return [draftOf(data, occurred_at, { flagged: flagged.length, lines })];
  },
});

interface Pair {
  relation_id: string;
  userid: string;
  external_userid: string;
}

interface Known {
  flagged: number;
  lines: readonly PairLine[];
}

function draftOf({ relation_id, userid, external_userid }: Pair, at: Date, { flagged, lines }: Known): Draft {
  return {
    key: `${relation_id}:${at.getTime()}`,
    evidenceLevel: 'OFFICIAL',
    severity: flagged > 0 ? 'high' : 'low',
    ...{ userid, externalUserid: external_userid, occurredAt: at },
    features: { flagged_messages: flagged },
    evidence: factAt(lines, 'external_deleted', at),
  };
}

interface Raised {
  detector: string;
  severity: string;
  userid: string | null;
  external_userid: string | null;
}

/** A message was flagged that the two wrote before the customer went: what was a minor loss is none. Once. */
async function flaggedLater(raised: Raised, at: Date, ground: Ground): Promise<Draft[]> {
  const { userid, external_userid } = raised;
  if (userid === null || external_userid === null || !isFlag(raised)) return [];
  const pair = { userid, externalUserid: external_userid };
  const gone = await earlierFindings(ground, {
    ...{ ...pair, detectors: ['STAFF_DELETED_BY_CUSTOMER'], from: at, to: new Date(at.getTime() + hours(24)) },
  });
  const [minor] = gone;
  if (!minor || gone.some(({ severity }) => severity === 'high')) return [];
  const flags = await flagsBefore(ground, pair, minor.at);
  return [
    {
      key: `${minor.dedupe_key.replace('STAFF_DELETED_BY_CUSTOMER:', '')}:flagged`,
      ...{ evidenceLevel: 'OFFICIAL', severity: 'high', ...pair, occurredAt: minor.at },
      features: { flagged_messages: flags.length },
      evidence: findingFacts([minor, ...flags]),
    },
  ];
}

/** What was flagged of the two in the day before. */
async function flagsBefore(ground: Ground, pair: { userid: string; externalUserid: string }, at: Date) {
  const from = new Date(at.getTime() - hours(24));
  const found = await earlierFindings(ground, { ...pair, detectors: contentDetectors, from, to: at });
  return found.filter(({ severity }) => severity !== 'lead');
}

/** An everyday word that is only worth a look drove nobody away. */
const isFlag = ({ detector, severity }: Raised): boolean =>
  severity !== 'lead' && contentDetectors.some((code) => code === detector);
