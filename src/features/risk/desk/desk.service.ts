import type { Page } from '../../../core/paging';
import type { Condition } from '../../../db/conditions';
import { allOf, isIn } from '../../../db/conditions';
import type { Database } from '../../../db/database';
import { actorOf, type Viewer } from '../../../http/permissions';
import type { By } from '../../kernel/approvals';
import type { AuditService } from '../../kernel/audit';
import type { ScopeService } from '../../kernel/scope';
import type { FindingService } from '../findings';
import { coverageOf } from './coverage.report';
import { deskError } from './desk.errors';
import type {
  CustomerRisk,
  DetectorsView,
  PersonProfile,
  PersonRisk,
  RiskQuery,
  WeeklyReport,
  WeekQuery,
} from './desk.schema';
import { type Catalogue, detectorsReport } from './detectors.report';
import { customersAtRisk, peopleAtRisk, personProfile, since } from './standing.report';
import { weeklyReport } from './weekly.report';

interface Deps {
  db: Database;
  audit: Pick<AuditService, 'record'>;
  scopes: ScopeService;
  findings: Pick<FindingService, 'visibleTo'>;
  catalogue: Catalogue;
}

export type RiskDesk = ReturnType<typeof createRiskDesk>;

/** How detection does, and who stands out: always of the viewer's line, and of nobody they may not judge. */
export function createRiskDesk({ db, audit, scopes, findings, catalogue }: Deps) {
  const asked = async ({ days, limit }: RiskQuery, viewer: Viewer) => ({
    conditions: [since(db, days), ...(await findings.visibleTo(viewer))],
    limit,
  });

  /** @throws risk.person_not_found */
  async function person(userid: string, viewer: Viewer) {
    const within = (await scopes.of(viewer)).userid('s.userid');
    const barred = await scopes.barred(viewer);
    const conditions: Condition[] = [['s.userid_key = ?', userid.toLowerCase()], ...(within ? [within] : [])];
    if (barred.length > 0) {
      const [sql, ...params] = isIn('s.userid', barred);
      conditions.push([`NOT ${sql}`, ...params]);
    }
    const { where, params } = allOf(conditions);
    const sql = `SELECT s.id, s.userid, s.name FROM staff s WHERE ${where}`;
    const [row] = await db.query<{ id: string; userid: string; name: string | null }>(sql, params);
    if (!row) throw deskError('person_not_found', { userid });
    return row;
  }

  return {
    async detectors(viewer: Viewer): Promise<DetectorsView> {
      const items = await detectorsReport(db, catalogue, await findings.visibleTo(viewer));
      return { items, coverage: await coverageOf(db, await scopes.of(viewer)) };
    },

    /** Those with the most points first; one page. */
    async people(query: RiskQuery, viewer: Viewer): Promise<Page<PersonRisk>> {
      return { items: await peopleAtRisk(db, await asked(query, viewer)), next_cursor: null };
    },

    /** Those with the most points first; one page. */
    async customers(query: RiskQuery, viewer: Viewer): Promise<Page<CustomerRisk>> {
      return { items: await customersAtRisk(db, await asked(query, viewer)), next_cursor: null };
    },

    /** Recorded as read: it is about one person. @throws risk.person_not_found */
    async person(userid: string, { viewer, address }: By): Promise<PersonProfile> {
      const profile = await personProfile(db, await person(userid, viewer), await findings.visibleTo(viewer));
      await audit.record({
        ...{ actor: actorOf(viewer), action: 'risk.person_read', target: `staff:${profile.userid}`, result: 'ok' },
        ...{ address, detail: {} },
      });
      return profile;
    },

    weekly: async ({ from }: WeekQuery, viewer: Viewer): Promise<WeeklyReport> =>
      weeklyReport(db, { from, visible: await findings.visibleTo(viewer), scope: await scopes.of(viewer) }),
  };
}
