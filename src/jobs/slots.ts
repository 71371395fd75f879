import type { HeldJob } from './held-job';
import type { JobHandler } from './job.types';

/** Kinds that may be claimed together, and how many. */
export interface KindGroup {
  kinds: string[];
  limit: number;
}

/** Kinds without a limit of their own form one group; each limited kind is claimed alone, up to what it has left. */
export function kindGroups(handlers: Iterable<JobHandler>, held: Iterable<HeldJob>): KindGroup[] {
  const running = new Map<string, number>();
  for (const { claimed } of held) running.set(claimed.kind, (running.get(claimed.kind) ?? 0) + 1);
  const open: KindGroup = { kinds: [], limit: Number.POSITIVE_INFINITY };
  const limited: KindGroup[] = [];
  for (const { kind, concurrency } of handlers) {
    if (concurrency === undefined) open.kinds.push(kind);
    else limited.push({ kinds: [kind], limit: concurrency - (running.get(kind) ?? 0) });
  }
  return open.kinds.length > 0 ? [open, ...limited] : limited;
}
