import type { Clock } from '../core/clock';

/** Compares WeCom's clock with ours, by the Date header of its answers. */
export function createClockSkew(clock: Clock) {
  let latest: number | undefined;
  return {
    heard(date: string): void {
      const at = Date.parse(date);
      if (!Number.isNaN(at)) latest = at - clock.now().getTime();
    },
    /** How far WeCom's clock was ahead of ours at its last answer, in milliseconds, to a second; undefined before one. */
    ms: (): number | undefined => latest,
  };
}
