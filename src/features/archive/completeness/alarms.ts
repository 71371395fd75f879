import { hours } from '../../../core/clock';
import type { Finding, HealthCheck } from '../../../http/health';
import type { ArchiveStatusView } from './completeness.schema';

/** WeCom keeps five days: what is older than that is lost (AR4). */
export const lagLimits = { warn: hours(1), critical: hours(12), page: hours(72) } as const;
/** Gaps stay for ever, the alarm of them does not. */
const toldFor = hours(24);

type Status = ArchiveStatusView;

const ok = (detail: string): Finding => ({ level: 'ok', detail });
const degraded = (detail: string): Finding => ({ level: 'degraded', detail });

/** Beyond these hours the finding is bad; each limit is a check of its own, so that each is told of. */
const late =
  (limit: number) =>
  ({ configured, lag_seconds, cause }: Status): Finding => {
    if (!configured || lag_seconds === null) return ok('nothing to fetch');
    const detail = `${Math.floor(lag_seconds / 3600)} h behind WeCom, which keeps 120 h${cause ? ` (${cause})` : ''}`;
    return lag_seconds * 1000 >= limit ? degraded(detail) : ok(`${lag_seconds} s behind WeCom`);
  };

const parked = ({ parked: { unreadable } }: Status): Finding =>
  unreadable > 0 ? degraded(`${unreadable} messages cannot be read`) : ok('none');

const keys = ({ missing_keys }: Status): Finding =>
  missing_keys.length > 0 ? degraded(`keys of version ${missing_keys.join(', ')} are missing`) : ok('none missing');

/** Something that stands in the tables for ever, and is news for a while. */
const fresh = (at: string | null, now: Date): boolean => at !== null && now.getTime() - Date.parse(at) < toldFor;

const gaps =
  (now: () => Date) =>
  ({ gaps: count, newest_gap_at: at }: Status): Finding =>
    fresh(at, now()) ? degraded(`WeCom no longer held what was asked for, at ${at}`) : ok(`${count} gaps`);

const conflicts =
  (now: () => Date) =>
  ({ conflicts: count, newest_conflict_at: at }: Status): Finding =>
    fresh(at, now()) ? degraded(`WeCom contradicted what is stored, at ${at}`) : ok(`${count} contradictions`);

/** What is wrong with the archive, each thing under a name of its own. */
export function archiveChecks(status: () => Promise<Status>, now: () => Date): HealthCheck[] {
  const findings: Record<string, (status: Status) => Finding> = {
    archive: late(lagLimits.warn),
    archive_late: late(lagLimits.critical),
    archive_loss: late(lagLimits.page),
    archive_parked: parked,
    archive_keys: keys,
    archive_gaps: gaps(now),
    archive_conflicts: conflicts(now),
  };
  return Object.entries(findings).map(([name, find]) => ({ name, check: async () => find(await status()) }));
}

/** The figures for Prometheus. */
export const archiveFigures = ({ lag_seconds, unopened, gaps: gapCount, parked: { by_reason }, media }: Status) => ({
  lag_seconds,
  unopened,
  gaps: gapCount,
  parked: by_reason,
  media: { ...media },
});
export type ArchiveFigures = ReturnType<typeof archiveFigures>;
