import { hours } from '../../../core/clock';
import { defineErrors } from '../../../core/errors';
import type { Logger } from '../../../core/logger';
import type { Database } from '../../../db/database';
import { actorOf, type Viewer } from '../../../http/permissions';

/** Counts what somebody does under a name. @returns 0, or how many milliseconds to wait; then nothing was counted */
export interface Counting {
  begin(limits: { bucket: string; most: number; slows: boolean; windowMs: number }[]): Promise<number>;
}

/** Leaves a row in the audit trail. */
export interface Recording {
  record(entry: {
    actor: string;
    action: string;
    target: string;
    result: 'ok' | 'refused';
    reason?: string;
    address?: string | undefined;
    detail?: object;
  }): Promise<void>;
}

export interface ExposureDeps {
  db: Database;
  audit: Recording;
  attempts: Counting;
  logger: Pick<Logger, 'warn'>;
}

/** Who looks, and from where. */
export interface Looking {
  viewer: Viewer;
  address?: string | undefined;
}

/** What an account may see of others in an hour. Beyond it somebody is collecting, not working (WCM-08). */
export const mostPerHour = { view: 300, reveal: 30 } as const;

const mostRemembered = 50_000;

export const exposureError = defineErrors('exposure', {
  over_threshold: [429, 'So much in an hour is more than work needs: it was reported, try again later'],
});

export type Exposure = ReturnType<typeof createExposure>;

/** Records who saw whom (S23), and stops who sees too many. */
export function createExposure({ db, audit, attempts, logger }: ExposureDeps) {
  /** Views of this hour that are recorded: whoever comes back to a page is not recorded each time. */
  let recorded = new Set<string>();
  let hour = 0;

  function isFirstThisHour(key: string): boolean {
    const now = Math.floor(db.now().getTime() / hours(1));
    if (now !== hour || recorded.size > mostRemembered) recorded = new Set();
    hour = now;
    return !recorded.has(key);
  }

  /** The first time in an hour it is written down and told; it goes on being refused either way. */
  async function refuse(what: keyof typeof mostPerHour, { viewer, address }: Looking, wait: number): Promise<never> {
    const actor = actorOf(viewer);
    const alarm = { bucket: `alarm:${what}:${actor}`, most: 1, slows: false, windowMs: hours(1) };
    await db.transact(async () => {
      if ((await attempts.begin([alarm])) > 0) return;
      const action = `external_contact.${what}_over_threshold`;
      await audit.record({
        actor,
        action,
        target: actor,
        result: 'refused',
        address,
        detail: { most: mostPerHour[what] },
      });
      logger.warn('somebody sees more customers in an hour than work needs', { actor, what });
    });
    throw exposureError('over_threshold', { retry_after_seconds: Math.ceil(wait / 1000) });
  }

  /** @throws exposure.over_threshold; a program with a token is recorded, not limited */
  async function count(what: keyof typeof mostPerHour, looking: Looking): Promise<void> {
    const { viewer } = looking;
    if (viewer.kind === 'token' && what === 'view') return;
    const limit = { bucket: `${what}:${actorOf(viewer)}`, most: mostPerHour[what], slows: false, windowMs: hours(1) };
    const wait = await attempts.begin([limit]);
    if (wait > 0) await refuse(what, looking, wait);
  }

  return {
    count,

    /** Somebody opened the page of a person: one row an hour (S16). @throws exposure.over_threshold */
    async viewed(externalUserid: string, looking: Looking): Promise<void> {
      const actor = actorOf(looking.viewer);
      const key = `${actor} ${externalUserid}`;
      if (!isFirstThisHour(key)) return;
      await count('view', looking);
      const target = `external_contact:${externalUserid}`;
      await audit.record({ actor, action: 'external_contact.viewed', target, result: 'ok', address: looking.address });
      recorded.add(key);
    },
  };
}
