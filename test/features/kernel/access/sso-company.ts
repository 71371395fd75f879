import { createServer, type Server } from 'node:http';
import type { OidcClient } from '../../../../config';
import { minutes } from '../../../../src/core/clock';
import type { Logger } from '../../../../src/core/logger';
import { createOidcSignIn } from '../../../../src/features/kernel/access';
import { AuditEvent } from '../../../../src/features/kernel/audit/audit.entity';
import { startOidcProvider } from '../../../support/oidc-provider';
import { aPerson, type Person } from '../../../support/people';
import { movableClock, openAccess, serve } from '../support';
import { Browser } from './wecom-company';

interface Settings {
  oidc?: OidcClient | undefined;
  publicUrl?: string;
  /** How long the provider may take; as ever when not given. */
  patienceMs?: number;
}

export type SsoAtTest = Awaited<ReturnType<typeof openSso>>;

/** The server beside a pretend OpenID Connect provider. */
export async function openSso() {
  const clock = movableClock();
  const services = await openAccess(clock);
  const provider = await startOidcProvider(clock);
  const servers: Server[] = [];
  const warnings: string[] = [];
  const logger = { warn: (message: string) => warnings.push(message) } as unknown as Logger;

  /** A process of its own on the same database, which knows nothing of the provider yet. */
  async function start(settings: Settings = {}): Promise<Server> {
    const { publicUrl, ...more } = settings;
    const config = { http: { publicUrl }, oidc: 'oidc' in settings ? settings.oidc : provider.settings };
    const oidcSignIn = createOidcSignIn({ ...services, ...more, clock, config, logger });
    const server = createServer(serve({ ...services, oidcSignIn })).listen(0, '127.0.0.1');
    await new Promise((done) => server.once('listening', done));
    server.once('close', () => void oidcSignIn.close());
    servers.push(server);
    return server;
  }

  const first = await start();
  let people = 0;

  return {
    ...services,
    ...{ clock, provider, warnings },
    server: first,
    start,
    browser: (headers: Record<string, string> = {}, server = first) => new Browser(server, headers),

    /** The provider is itself again, whoever failed too often may try again, and nobody is known yet. */
    begin(): void {
      people += 1;
      provider.state.person = `sub-${people}`;
      provider.state.moods = {};
      provider.state.asked.length = 0;
      warnings.length = 0;
      clock.advance(minutes(16));
    },

    /** Somebody who connected their account with whoever is at the provider's page now. */
    async connected(roles: string[] = ['sales']): Promise<{ person: Person; browser: Browser }> {
      const person = await aPerson(services, { roles, name: `person ${people}` });
      const browser = new Browser(first, {});
      browser.cookies.set('scrm_session', person.sessionId);
      const end = await connect(browser);
      if (end !== '/account?sso=connected') throw new Error(`connecting ended at ${end}`);
      return { person, browser };
    },

    /** Why the last try was refused. */
    async reason(): Promise<string | null | undefined> {
      const [last] = await services.db.em.find(AuditEvent, { order: { id: 'DESC' }, take: 1 });
      return last?.result === 'refused' ? last.reason : undefined;
    },

    async close(): Promise<void> {
      for (const server of servers) await new Promise((done) => server.close(done));
      await provider.close();
      await services.close();
    },

    setOut,
    comeBack,
    signIn,
    connect,
  };

  /** @returns where the server sends the browser to */
  async function setOut(browser: Browser, query = ''): Promise<string> {
    return String((await browser.send('get', `/session/oidc${query}`)).headers.location);
  }

  /** @returns where the server sends the browser to in the end */
  function comeBack(browser: Browser, to: URL): Promise<string> {
    return browser.comeBack(to);
  }

  /** All of it. */
  async function signIn(browser: Browser, query = ''): Promise<string> {
    return comeBack(browser, await provider.visit(await setOut(browser, query)));
  }

  /** From the account page there and back. */
  async function connect(browser: Browser): Promise<string> {
    const { body } = await browser.send('post', '/session/oidc/connection');
    return comeBack(browser, await provider.visit(String(body.url)));
  }
}
