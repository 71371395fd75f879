import type { Context } from 'koa';
import { type Clock, minutes } from '../../../core/clock';
import type { Database } from '../../../db/database';
import { httpError } from '../../../http/errors';
import type { Viewer } from '../../../http/permissions';
import type { FreshFactor } from '../../../http/route';
import { isEnrolled } from './factors';
import { readSessionCookie } from './session-cookie';
import type { Sessions } from './sessions';

interface Deps {
  db: Database;
  sessions: Pick<Sessions, 'factorAt'>;
  clock: Clock;
}

const freshFor = minutes(5);

/** Acts that ask for a second factor of the last five minutes (S12). */
export function createStepUp({ db, sessions, clock }: Deps) {
  /** Until when the browser needs no code; null when it needs one now. */
  async function freshUntil(ctx: Context): Promise<Date | null> {
    const sessionId = readSessionCookie(ctx);
    const shownAt = sessionId ? await sessions.factorAt(sessionId) : null;
    const until = shownAt && new Date(shownAt.getTime() + freshFor);
    return until && until > clock.now() ? until : null;
  }

  return {
    freshUntil,

    /**
     * An API token never has a fresh factor: nobody sits in front of it who could be asked.
     * @throws http.step_up_required; second_factor_missing when the account has none to show
     */
    async requireFreshFactor(viewer: Viewer, ctx: Context, of: FreshFactor = true): Promise<void> {
      if (viewer.kind === 'token') return assertForTokens(of);
      if (await freshUntil(ctx)) return;
      if (await isEnrolled(db, viewer.id)) throw httpError('step_up_required');
      if (of === true) throw httpError('second_factor_missing');
    },
  };
}

function assertForTokens(of: FreshFactor): void {
  if (of !== 'of_people') throw httpError('step_up_required');
}
