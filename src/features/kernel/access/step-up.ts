import type { Context } from 'koa';
import { type Clock, minutes } from '../../../core/clock';
import type { Viewer } from '../../../http/permissions';
import { accessError } from './access.errors';
import { readSessionCookie } from './session-cookie';
import type { Sessions } from './sessions';

interface Deps {
  sessions: Pick<Sessions, 'factorAt'>;
  clock: Clock;
}

const freshFor = minutes(5);

/** Acts that ask for a second factor of the last five minutes (S12). */
export function createStepUp({ sessions, clock }: Deps) {
  /** Until when the browser needs no code; null when it needs one now. */
  async function freshUntil(ctx: Context): Promise<Date | null> {
    const sessionId = readSessionCookie(ctx);
    const shownAt = sessionId ? await sessions.factorAt(sessionId) : null;
    const until = shownAt && new Date(shownAt.getTime() + freshFor);
    return until && until > clock.now() ? until : null;
  }

  return {
    freshUntil,

    /** An API token has no second factor and passes: issuing one asked for it. @throws access.fresh_factor_required */
    async requireFreshFactor(viewer: Viewer, ctx: Context): Promise<void> {
      if (viewer.kind === 'token') return;
      if (!(await freshUntil(ctx))) throw accessError('fresh_factor_required');
    },
  };
}
