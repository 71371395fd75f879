import { z } from 'zod';
import { instant, listQuery, page } from '../../../http/schema';

const count = z.number().int();
const bySeverity = z.object({ lead: count, low: count, medium: count, high: count, critical: count });
export type BySeverity = z.output<typeof bySeverity>;

const unseen = z.record(z.string(), count).openapi({ description: 'how many could not be judged, by the reason' });

export const detectorView = z
  .object({
    detector: z.string(),
    /** What it listens to: events, messages, a comparison by the clock, WeCom's logs, or what people and devices
     *  report. */
    by: z.enum(['events', 'messages', 'comparison', 'logs', 'reports']),
    /** Of what does not run by the clock: when something was last looked at. */
    last_run_at: instant.nullable(),
    looked_at: count.openapi({ description: 'in the last 24 hours' }),
    unseen,
    fault: z.string().nullable(),
    found: count.openapi({ description: 'in the last 90 days' }),
    open: count,
    confirmed: count,
    cleared: count,
    false_positives: count,
    /** Of what was decided; null while nothing was. */
    false_positive_rate: z.number().nullable(),
  })
  .openapi('Detector');
export type DetectorView = z.input<typeof detectorView>;

export const coverageView = z
  .object({
    /** Living relations between staff and external contacts. */
    conversations: count,
    seen: count,
    unseen,
  })
  .openapi('RiskCoverage');
export type CoverageView = z.input<typeof coverageView>;

export const detectorsView = z.object({ items: z.array(detectorView), coverage: coverageView }).openapi('Detectors');
export type DetectorsView = z.input<typeof detectorsView>;

export const riskQuery = listQuery({
  /** Of the last so many days. */
  days: z.coerce.number().int().min(1).max(365).default(90),
});
export type RiskQuery = z.output<typeof riskQuery>;

const risk = z.object({
  /** A sum anybody can check: critical 8, high 4, medium 2, low 1, lead 0; what was cleared counts nothing. */
  points: count,
  by_severity: bySeverity,
  open: count,
  last_at: instant,
});
export const personRisk = risk.extend({ userid: z.string(), name: z.string().nullable() }).openapi('PersonRisk');
export type PersonRisk = z.input<typeof personRisk>;
export const personRiskPage = page(personRisk);
export const customerRisk = risk.extend({ external_userid: z.string() }).openapi('CustomerRisk');
export type CustomerRisk = z.input<typeof customerRisk>;
export const customerRiskPage = page(customerRisk);

export const userParam = z.strictObject({ userid: z.string().min(1).max(64) });

export const personProfile = z
  .object({
    userid: z.string(),
    name: z.string().nullable(),
    by_detector: z.array(z.object({ detector: z.string(), count, open: count, last_at: instant })),
    by_week: z.array(z.object({ week: z.string(), by_severity: bySeverity })),
    relations: z.object({ living: count, deleted: count, added: count, lost: count }),
  })
  .openapi('PersonRiskProfile');
export type PersonProfile = z.input<typeof personProfile>;

export const weekQuery = z.strictObject({
  /** Its Monday, Shanghai time; the last whole week when not given. */
  from: z.iso.date().optional(),
});
export type WeekQuery = z.output<typeof weekQuery>;

export const weeklyReport = z
  .object({
    from: z.iso.date(),
    to: z.iso.date(),
    found: count,
    found_before: count.openapi({ description: 'in the week before' }),
    by_severity: bySeverity,
    by_detector: z.array(z.object({ detector: z.string(), count, before: count })),
    decided: count,
    confirmed: count,
    cleared: count,
    false_positives: count,
    /** Of those of the week that somebody looked at: the hours until then, in the middle. */
    median_hours_to_first_look: z.number().nullable(),
    /** High and critical ones of the week that nobody has looked at. */
    unseen_high: count,
    people: z.array(personRisk),
    coverage: coverageView,
  })
  .openapi('WeeklyRiskReport');
export type WeeklyReport = z.input<typeof weeklyReport>;
