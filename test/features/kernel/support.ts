import { randomBytes } from 'node:crypto';
import { bodyParser } from '@koa/bodyparser';
import Router from '@koa/router';
import Koa from 'koa';
import { createLogger } from 'winston';
import { type Clock, systemClock } from '../../../src/core/clock';
import { firstKeys, Vault } from '../../../src/core/vault';
import { Access1763769600300 } from '../../../src/db/migrations/1763769600300-access';
import {
  accessFeature,
  authenticate,
  createAccessService,
  createCustomRoles,
  createLocalSignIn,
  createOidcSignIn,
  createUserService,
  type OidcSignIn,
  type WecomSignIn,
} from '../../../src/features/kernel/access';
import { approvalsFeature, createApprovalService } from '../../../src/features/kernel/approvals';
import {
  auditFeature,
  createAuditExports,
  createAuditService,
  createVerifications,
} from '../../../src/features/kernel/audit';
import { evidenceFeature } from '../../../src/features/kernel/evidence';
import { createReportingService, createScopes, scopeFeature } from '../../../src/features/kernel/scope';
import { problems } from '../../../src/http/problem';
import type { Route } from '../../../src/http/route';
import { stepUp } from '../../../src/http/security';
import { createJobQueue, createRuns, jobEntities } from '../../../src/jobs';
import { openTestDatabase } from '../../support/database';
import { evidenceAt } from '../../support/evidence';

/** A clock that stands still until it is moved. */
export function movableClock(start = new Date('2026-03-02T08:00:00.000Z')): Clock & { advance(ms: number): void } {
  let at = start.getTime();
  return {
    now: () => new Date(at),
    advance: (ms) => {
      at += ms;
    },
  };
}

/** The access and audit services on a database of their own. */
export async function openAccess(clock: Clock = systemClock) {
  const features = [accessFeature, approvalsFeature, auditFeature, evidenceFeature, scopeFeature];
  const entities = [...features.flatMap((feature) => feature.entities), ...jobEntities];
  const { db, close } = await openTestDatabase(entities, clock);
  const runner = db.source.createQueryRunner();
  await new Access1763769600300().up(runner);
  await runner.release();
  const { evidence, logged, anchors, dropAnchors } = evidenceAt(db, clock);
  const audit = createAuditService({ db, clock, evidence });
  const queue = createJobQueue({ db });
  const runs = createRuns({ db, queue, logger: logged.logger });
  const verifications = createVerifications({ audit, evidence, runs, logger: logged.logger });
  const parts = { db, audit, clock, reporting: createReportingService({ db, queue, audit }) };
  const access = createAccessService(parts);
  const approvals = createApprovalService({ db, audit, clock, accounts: access.accounts });
  const users = createUserService(access, { ...parts, approvals });
  const customRoles = createCustomRoles(parts);
  const auditExports = createAuditExports({ db, audit, clock, evidence, approvals });
  const vault = testVault();
  const localSignIn = createLocalSignIn({ db, audit, clock, access, vault });
  const services = {
    ...parts,
    evidence,
    anchors,
    runs,
    verifications,
    access,
    users,
    localSignIn,
    vault,
    approvals,
    auditExports,
    customRoles,
    scopes: createScopes(db),
  };
  return { ...services, logged: logged.errors, logger: logged.logger, close: () => close().finally(dropAnchors) };
}

export function testVault(): Vault {
  const master = randomBytes(32);
  return new Vault(master, 'wwtest', firstKeys(master, 'wwtest'));
}

type Served = Awaited<ReturnType<typeof openAccess>> & {
  wecomSignIn?: WecomSignIn;
  oidcSignIn?: OidcSignIn;
};

/** Without WeCom nobody may sign in by it. */
const noWecom: WecomSignIn = {
  isOffered: () => false,
  setOut: async () => undefined,
  comeBack: async () => undefined,
};

/** The smallest app that serves the routes as the real one does: faults, viewer, body, routes. */
export function serve(services: Served, more: Route[] = []) {
  const router = new Router();
  const routes = [
    ...accessFeature.routes({
      wecomSignIn: noWecom,
      oidcSignIn: createOidcSignIn({ ...services, config: { http: { publicUrl: undefined }, oidc: undefined } }),
      ...services,
    }),
    ...auditFeature.routes(services),
    ...approvalsFeature.routes(services),
    ...more,
  ];
  for (const route of routes)
    router[route.method](route.path, stepUp(route, services.access.requireFreshFactor), route.handle);
  const app = new Koa();
  app.proxy = true;
  app.use(problems(createLogger({ silent: true })));
  app.use(authenticate(services.access));
  app.use(bodyParser({ enableTypes: ['json'] }));
  app.use(router.routes());
  return app.callback();
}
