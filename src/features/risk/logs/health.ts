import { days, hours } from '../../../core/clock';
import type { Finding as Health, HealthCheck } from '../../../http/health';
import type { Losses } from './deletions.store';
import type { SecuritySourceRow } from './security-record.entity';

interface Figures {
  sources: () => Promise<SecuritySourceRow[]>;
  losses: () => Promise<Losses | null>;
  now: () => Date;
}

/** No answer for so long is told. */
const quietMs = hours(24);
/** A gap is told for so long. */
const newMs = days(7);
/** Fewer lost callbacks than this may be chance. */
const fewLost = 3;
const lostShare = 0.05;

export const lossRate = ({ told, missed }: Losses): number => (missed === 0 ? 0 : missed / (told + missed));

/** What was never bought is no fault: it is named. What is no longer read, what was lost, and lost callbacks are. */
export const securityCheck = ({ sources, losses, now }: Figures): HealthCheck => ({
  name: 'security_logs',
  async check(): Promise<Health> {
    const rows = await sources();
    const faults = rows.flatMap((row) => faultsOf(row, now().getTime()));
    const lost = await losses();
    if (lost && lost.missed >= fewLost && lossRate(lost) > lostShare) {
      faults.push(`${lost.missed} deletions in 30 days were told by no callback`);
    }
    if (faults.length > 0) return { level: 'degraded', detail: faults.join('; ') };
    const missing = rows.filter(({ state }) => state === 'unavailable');
    const names = missing.map(({ source, errcode }) => `${source} (${errcode ?? 'not configured'})`);
    return { level: 'ok', detail: names.length > 0 ? `not available: ${names.join(', ')}` : 'read' };
  },
});

function faultsOf({ source, state, errcode, watermark, gap_to }: SecuritySourceRow, now: number): string[] {
  const isQuiet = state !== 'ok' && watermark !== null && now - watermark.getTime() > quietMs;
  // It was found when its end was 180 days old.
  const isNew = gap_to !== null && now - gap_to.getTime() < days(180) + newMs;
  return [
    ...(isQuiet ? [`${source} was not read for a day (${errcode ?? 'no answer'})`] : []),
    ...(isNew ? [`what ${source} held until ${gap_to.toISOString()} is lost`] : []),
  ];
}
