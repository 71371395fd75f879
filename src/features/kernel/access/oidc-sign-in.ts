import type { OidcClient } from '../../../../config';
import type { Logger } from '../../../core/logger';
import type { Vault } from '../../../core/vault';
import { accessError } from './access.errors';
import type { AccessService } from './access.service';
import { type ComeBack, createJourneys, type Journey, type JourneyDeps, Refused } from './journeys';
import { createOidcIdentities } from './oidc-identities';
import { createOidcProvider, type Identified, type OidcProvider, ProviderAway, type Ties } from './oidc-provider';
import type { Errand } from './sign-in-states';

interface Deps extends JourneyDeps {
  config: JourneyDeps['config'] & { oidc: OidcClient | undefined };
  vault: Vault;
  logger: Pick<Logger, 'warn'>;
  access: Pick<AccessService, 'accounts' | 'sessions'>;
  /** How long one answer of the provider may take. */
  patienceMs?: number;
}

export type OidcSignIn = ReturnType<typeof createOidcSignIn>;

const accountPage = '/account';
/** Where the account page says how connecting ended. */
const ended = (how: 'connected' | 'refused' | 'away') => `${accountPage}?sso=${how}`;
/** Where the sign-in page says that the provider does not answer: that is no secret, and nobody's fault. */
const awayPage = '/sign-in?refused=oidc_away';

/**
 * Single sign-on by OpenID Connect (S8): signing in by an identity that was connected to an account, and connecting
 * one. Whoever is refused learns only that.
 */
export function createOidcSignIn(deps: Deps) {
  const { db, vault, access, config } = deps;
  const { sessions } = access;
  const journeys = createJourneys(deps, 'oidc');
  const provider = config.oidc && createOidcProvider({ ...deps, client: config.oidc });
  const identities = createOidcIdentities({ ...deps, issuer: config.oidc?.issuer });

  /** @throws Refused */
  function known(): OidcProvider {
    if (!provider) throw new Refused('not_configured');
    return provider;
  }

  /**
   * Nonce and verifier are made of what only the browser has and a key that only this server has, so neither of them
   * is stored anywhere.
   */
  const tiesOf = (trip: Pick<Ties, 'state' | 'redirectUri'>, browser: string): Ties => ({
    ...{ state: trip.state, redirectUri: trip.redirectUri },
    nonce: vault.fingerprint('oidc nonce', browser),
    verifier: vault.fingerprint('oidc verifier', browser),
  });

  /** @throws Refused */
  async function setOut(errand: Pick<Errand, 'returnTo'> & Partial<Errand> & { host: string }) {
    const at = known();
    const { browser, ...trip } = await journeys.begin(errand);
    return { url: await at.place(tiesOf(trip, browser)), browser };
  }

  /** @throws Refused */
  const identify = ({ query, browser = '' }: ComeBack, redirectUri: string): Promise<Identified> =>
    known().identify(query, tiesOf({ state: query.state ?? '', redirectUri }, browser));

  async function open({ withFactor, ...identity }: Identified, { address, replaces }: ComeBack): Promise<string> {
    const { sessionId } = await db.transact(async () =>
      sessions.open(await identities.accountOf(identity), { address, method: 'oidc', withFactor }),
    );
    if (replaces) await sessions.end(replaces, address);
    return sessionId;
  }

  /** Whoever set out must still be there: the same account, signed in, in the same browser. @returns where to go on */
  async function connect(accountId: string, back: ComeBack, redirectUri: string): Promise<string> {
    const step = async () => {
      const viewer = back.replaces ? await sessions.viewer(back.replaces) : undefined;
      if (viewer?.id !== accountId) throw new Refused('other_account');
      await identities.bind(accountId, await identify(back, redirectUri), back.address);
      return ended('connected');
    };
    const attempt = { address: back.address, tried: connecting(accountId) };
    const end = await journeys.guarded(attempt, step, unlessAway(ended('away')));
    return end ?? ended('refused');
  }

  const journey: Journey = {
    setOut: ({ returnTo, host, address }) =>
      journeys.guarded({ address }, () => setOut({ returnTo, host }), unlessAway({ url: awayPage })),

    comeBack(back) {
      const step = async () => {
        const { accountId, returnTo, redirectUri } = await journeys.end(back);
        if (accountId) return { returnTo: await connect(accountId, back, redirectUri) };
        return { returnTo, sessionId: await open(await identify(back, redirectUri), back) };
      };
      return journeys.guarded({ address: back.address }, step, unlessAway({ returnTo: awayPage }));
    },
  };

  return {
    ...journey,
    connectedAt: identities.connectedAt,
    removeOwn: identities.removeOwn,
    removeOf: identities.removeOf,

    isOffered: (): boolean => provider !== undefined,

    /**
     * The first half of connecting one's own account; the second is the way back.
     * @throws access.sso_not_offered, sso_connected, sso_away
     */
    async beginConnecting(accountId: string, { host, address }: { host: string; address: string }) {
      if (await identities.connectedAt(accountId)) throw accessError('sso_connected');
      const step = () => setOut({ returnTo: accountPage, host, accountId });
      const attempt = { address, tried: connecting(accountId) };
      const trip = await journeys.guarded<Awaited<ReturnType<typeof setOut>> | 'away'>(
        attempt,
        step,
        unlessAway('away'),
      );
      if (!trip || trip === 'away') throw accessError(trip ? 'sso_away' : 'sso_not_offered');
      return trip;
    },

    close: async (): Promise<void> => provider?.close(),
  };
}

function connecting(accountId: string) {
  const who = `account:${accountId}`;
  return { actor: who, action: 'sso.connected', target: who };
}

/** Everything is refused in the same way but for a provider that does not answer. */
const unlessAway =
  <T>(answer: T) =>
  (refused: Refused): T | undefined =>
    refused instanceof ProviderAway ? answer : undefined;
