import { days } from '../../../../core/clock';
import type { Draft } from '../../findings';
import { departureOf, signsOf } from '../departure-signs';
import { defineDetector, type Ground } from '../detector';
import { findingFacts } from '../earlier-findings';

const lookBackDays = 30;
/** From so many on, or with a mass deletion among them, it weighs heavily. */
const many = 3;

async function riskOf(ground: Ground, userid: string, left: Date): Promise<Draft[]> {
  const from = new Date(left.getTime() - days(lookBackDays));
  const { counts, weight, findings } = await signsOf(ground, userid, from, left);
  if (weight === 0) return [];
  return [
    {
      key: `${userid}:${left.getTime()}`,
      evidenceLevel: 'DERIVED',
      severity: weight >= many || counts.mass_deletes ? 'high' : 'low',
      ...{ userid, occurredAt: left },
      features: { ...counts, days: lookBackDays },
      evidence: findingFacts(findings),
    },
  ];
}

/**
 * A member left, and in the month before something was found about them. What comes to be known only after they left
 * counts as well.
 */
export const departureRisk = defineDetector({
  code: 'DEPARTURE_RISK',
  version: 2,
  hears: ['staff.departed', 'finding.raised'],
  async detect(event, ground) {
    if (event.type === 'staff.departed') return riskOf(ground, event.data.userid, event.occurred_at);
    const { userid } = event.data;
    const left = userid === null ? null : await departureOf(ground, userid);
    return left && userid !== null && event.occurred_at <= left ? riskOf(ground, userid, left) : [];
  },
});
