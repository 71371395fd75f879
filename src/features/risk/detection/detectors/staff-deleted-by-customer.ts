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
    const found = await earlierFindings(ground, {
      ...{ userid: data.userid, externalUserid: data.external_userid, detectors: contentDetectors },
      ...{ from: new Date(occurred_at.getTime() - hours(24)), to: occurred_at },
    });
    const flagged = found.filter(({ severity }) => severity !== 'lead');
    const lines = await pairHistory(ground, data.relation_id, kinds);
    // Told again by another event of the same spell.
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
  const gone = await earlierFindings(ground, {
    ...{ userid, externalUserid: external_userid, detectors: ['STAFF_DELETED_BY_CUSTOMER'] },
    ...{ from: at, to: new Date(at.getTime() + hours(24)) },
  });
  if (gone.some(({ severity }) => severity === 'high')) return [];
  return gone.slice(0, 1).map((minor) => ({
    key: `${minor.dedupe_key.replace('STAFF_DELETED_BY_CUSTOMER:', '')}:flagged`,
    evidenceLevel: 'OFFICIAL',
    severity: 'high',
    ...{ userid, externalUserid: external_userid, occurredAt: minor.at },
    features: { flagged_messages: 1 },
    evidence: findingFacts([minor]),
  }));
}

/** An everyday word that is only worth a look drove nobody away. */
const isFlag = ({ detector, severity }: Raised): boolean =>
  severity !== 'lead' && contentDetectors.some((code) => code === detector);
