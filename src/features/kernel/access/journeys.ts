import type { Config } from '../../../../config';
import type { Clock } from '../../../core/clock';
import type { Database } from '../../../db/database';
import type { AuditService } from '../audit';
import { isReturnPath } from './return-path';
import type { Way } from './sign-in.entity';
import { createSignInStates, type Errand } from './sign-in-states';

export interface JourneyDeps {
  config: { http: Pick<Config['http'], 'publicUrl'> };
  db: Database;
  clock: Clock;
  audit: Pick<AuditService, 'record'>;
}

/** A browser that wants to sign in elsewhere. */
export interface SetOut {
  returnTo: string;
  /** As the request names it. */
  host: string;
  userAgent: string;
  address: string;
}

/** A browser that comes back. */
export interface ComeBack {
  /** What the other side gave it, each name once. */
  query: Readonly<Record<string, string>>;
  host: string;
  browser: string | undefined;
  address: string;
  /** The session the browser came with; it ends (S6). */
  replaces: string | undefined;
}

/** A way to sign in that leads over somebody else's page. */
export interface Journey {
  /** @returns where to send the browser, and what to put into its cookie; undefined when refused */
  setOut(from: SetOut): Promise<{ url: string; browser?: string; isRefused?: true } | undefined>;
  /**
   * @returns where to go on, with the session if one was opened; undefined when refused, for whatever reason. One that
   * is refused after the state was found right may still say where it wanted to go
   */
  comeBack(back: ComeBack): Promise<{ returnTo: string; sessionId?: string; isRefused?: true } | undefined>;
}

/** Why somebody was not let in: told to the audit trail, never to the caller. */
export class Refused extends Error {}

interface Attempt {
  address: string;
  /** What was tried, by whom and on whom; signing in, unless given. */
  tried?: { actor: string; action: string; target: string };
}

const signingIn = { actor: 'anonymous', action: 'session.opened', target: 'account:' };

/** What every way over somebody else's page has in common (S8): where it leads back to, its state, its refusals. */
export function createJourneys({ config, db, clock, audit }: JourneyDeps, way: Way) {
  const states = createSignInStates({ db, clock }, way);

  /** The one address the other side sends people back to. @throws Refused */
  function redirectUri(host: string): string {
    const base = ownBase(config.http.publicUrl, host);
    if (!base) throw new Refused('foreign_host');
    return `${base}/api/v1/session/${way}/callback`;
  }

  return {
    /** Runs a step; a refusal leaves its row in the audit trail and becomes undefined, or what `otherwise` says. */
    async guarded<T>(
      { address, tried = signingIn }: Attempt,
      step: () => Promise<T>,
      otherwise: (refused: Refused) => T | undefined = () => undefined,
    ): Promise<T | undefined> {
      try {
        return await step();
      } catch (thrown) {
        if (!(thrown instanceof Refused)) throw thrown;
        await audit.record({ ...tried, result: 'refused', reason: `${way}: ${thrown.message}`, address });
        return otherwise(thrown);
      }
    },

    /** @throws Refused */
    async begin({ host, returnTo, accountId = null }: Pick<Errand, 'returnTo'> & Partial<Errand> & { host: string }) {
      if (!isReturnPath(returnTo)) throw new Refused('bad_return_to');
      const back = redirectUri(host);
      return { ...(await states.open({ returnTo, accountId })), redirectUri: back };
    },

    /** Spends the state. @throws Refused */
    async end({ query, browser, host }: ComeBack): Promise<Errand & { redirectUri: string }> {
      const back = redirectUri(host);
      const found = await states.spend({ state: query.state, browser });
      if (typeof found === 'string') throw new Refused(found);
      return { ...found, redirectUri: back };
    },
  };
}

/**
 * Where people are sent back to: the configured one, or, on a machine of one's own, the one that was asked.
 * A forged host name gets nobody anywhere.
 */
function ownBase(publicUrl: string | undefined, host: string): string | undefined {
  if (publicUrl) return publicUrl;
  return /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(host) ? `http://${host}` : undefined;
}
