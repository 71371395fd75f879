import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import request from 'supertest';
import { createWecomSignIn } from '../../../../src/features/kernel/access';
import { AuditEvent } from '../../../../src/features/kernel/audit/audit.entity';
import { createDomainEvents } from '../../../../src/features/kernel/events';
import { createStaffService } from '../../../../src/features/kernel/staff';
import { createWecom } from '../../../../src/wecom';
import { smallCompany } from '../../../sandbox/support';
import { vaultAtTest } from '../../../support/vault';
import { movableClock, openAccess, serve, testVault } from '../support';

const quiet = { warn: () => undefined, error: () => undefined };

interface Options {
  publicUrl?: string;
  mode?: 'sandbox' | 'live';
  agentId?: number | undefined;
}

export type CompanyAtTest = Awaited<ReturnType<typeof openCompany>>;

/** The server beside a pretend WeCom company whose directory it has read. */
export async function openCompany({ publicUrl, mode = 'sandbox', ...more }: Options = {}) {
  const clock = movableClock();
  const services = await openAccess(clock);
  const { db, audit, access } = services;
  const sandbox = smallCompany();
  await sandbox.start();
  const agentId = () => ('agentId' in more ? more.agentId : sandbox.agentId);
  const wecom = createWecom({
    baseUrl: sandbox.url,
    corpId: () => sandbox.corpId,
    secrets: (app) => sandbox.secrets[app],
    agentId,
    db,
    clock,
    vault: testVault(),
    logger: quiet,
    tuning: { retryMs: 1 },
  });
  const staff = createStaffService({
    db,
    wecom,
    vault: vaultAtTest,
    changed: async () => undefined,
    events: createDomainEvents(),
  });
  const apps = { secret: undefined, callbackToken: undefined, callbackAesKey: undefined };
  const config = {
    http: {
      ...{ host: '127.0.0.1', port: 0, publicUrl, metricsToken: undefined, egressAddresses: undefined },
      requestsPerMinute: { person: 600, token: 6000 },
    },
    wecom: {
      ...{
        mode,
        apiBase: sandbox.url,
        corpId: sandbox.corpId,
        agentId: sandbox.agentId,
        verifyFiles: undefined,
        jsSdkUrls: [],
      },
      apps: { agent: apps, contacts: apps, archive: apps },
      archive: {
        sdkPath: undefined,
        sdkSha256: undefined,
        keysDir: undefined,
        processes: undefined,
        callsPerMinute: 600,
        searchIndex: 'keyed' as const,
      },
    },
  };
  const wecomSignIn = createWecomSignIn({
    corpId: () => sandbox.corpId,
    ...{ config, db, clock, audit, access, staff, wecom, agentId },
    patienceMs: 300,
  });
  const server = createServer(serve({ ...services, wecomSignIn })).listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));

  return {
    ...{ ...services, clock, sandbox, wecom, staff, wecomSignIn, server },
    async readDirectory(): Promise<void> {
      const departments = await wecom.directory.departments({ lane: 'bulk' });
      for (const { id } of departments) {
        const members = await wecom.directory.staffOfDepartment(id, { lane: 'bulk' });
        await db.transact(() => staff.mirror(members, db.now()));
      }
    },
    browser: (headers: Record<string, string> = {}) => new Browser(server, headers),
    /** Why the last sign-in was refused. */
    async reason(): Promise<string | null | undefined> {
      const [last] = await db.em.find(AuditEvent, { order: { id: 'DESC' }, take: 1 });
      return last?.result === 'refused' ? last.reason : undefined;
    },
    async close(): Promise<void> {
      await new Promise((done) => server.close(done));
      await wecom.client.close();
      await sandbox.stop();
      await services.close();
    },
  };
}

export const refused = '/sign-in?refused=wecom';

/** Keeps cookies and follows nothing by itself. */
export class Browser {
  readonly cookies = new Map<string, string>();

  constructor(
    private readonly server: Server,
    private readonly headers: Record<string, string>,
  ) {}

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  async send(method: 'get' | 'post' | 'head' | 'delete', path: string): Promise<request.Response> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await request(this.server)
      [method](path)
      .redirects(0)
      .set({ ...(cookie ? { cookie } : {}), ...this.headers });
    const set = (response.headers['set-cookie'] ?? []) as unknown as string[];
    for (const line of set) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (name && value) this.cookies.set(name, value);
      else if (name) this.cookies.delete(name);
    }
    return response;
  }

  /** @returns where the server sends this browser to */
  async setOut(query = ''): Promise<string> {
    return String((await this.send('get', `/session/wecom${query}`)).headers.location);
  }

  /** What WeCom answers somebody who is who they are. @returns the address it sends the browser back to */
  async atWecom(place: string, who: Record<string, string>): Promise<URL> {
    const url = new URL(place);
    for (const [name, value] of Object.entries(who)) url.searchParams.set(name, value);
    const response = await fetch(url, { redirect: 'manual' });
    return new URL(response.headers.get('location') ?? '');
  }

  /** @returns where the server sends this browser to in the end */
  async comeBack(to: URL): Promise<string> {
    const path = to.pathname.replace('/api/v1', '') + to.search;
    return String((await this.send('get', path)).headers.location);
  }

  /** All of it. */
  async signIn(who: Record<string, string>, query = ''): Promise<string> {
    return this.comeBack(await this.atWecom(await this.setOut(query), who));
  }
}
