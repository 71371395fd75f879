import { isIn } from '../../../db/conditions';
import type { Database, Value } from '../../../db/database';
import type { Audience } from './kind';
import { isServing } from './serving';

/** An account as far as telling it something goes. */
export interface Recipient {
  id: string;
  staff_id: string | null;
  userid: string | null;
}

interface AccountRow extends Recipient {
  roles: string;
  disabled_at: unknown;
  expires_at: unknown;
  status: string | null;
  departed_at: unknown;
}

/** Whom it concerns, where the audience depends on it. */
export interface Subject {
  accountId?: string | undefined;
  userid?: string | undefined;
  /** How far above the direct superiors, from 1. */
  level?: number;
}

export type Recipients = ReturnType<typeof createRecipients>;

const joined = `SELECT a.id AS id, a.roles AS roles, a.staff_id AS staff_id, a.disabled_at AS disabled_at,
  a.expires_at AS expires_at, s.userid AS userid, s.status AS status, s.departed_at AS departed_at
  FROM account a LEFT JOIN staff s ON s.id = a.staff_id`;

/** Whose accounts are told. */
export function createRecipients(db: Database) {
  const accounts = (where: string, params: Value[]): Promise<AccountRow[]> =>
    db.query<AccountRow>(`${joined} WHERE ${where} ORDER BY a.created_at, a.id`, params);
  const active = (rows: AccountRow[]): AccountRow[] => rows.filter((row) => isServing(row, db.now()));

  /** The accounts of those directly above a staff member. */
  const above = async (staffId: string): Promise<AccountRow[]> =>
    active(
      await accounts(
        `a.staff_id IN (SELECT superior_id FROM reporting_edge
           WHERE staff_id = ? AND closes_cycle = ? AND (until IS NULL OR until > ?))`,
        [staffId, false, db.now()],
      ),
    );

  async function ofRoles(roles: readonly string[]): Promise<AccountRow[]> {
    const rows = active(await accounts('1 = 1', []));
    return rows.filter((row) => row.roles.split(',').some((role) => roles.includes(role)));
  }

  /** The account itself, or those above it when it cannot be reached and must be. */
  async function one(accountId: string, mandatory: boolean): Promise<AccountRow[]> {
    const rows = await accounts('a.id = ?', [accountId]);
    const reachable = active(rows);
    const staffId = rows[0]?.staff_id;
    return reachable.length === 0 && mandatory && staffId ? above(staffId) : reachable;
  }

  async function superiorsOf(userid = ''): Promise<AccountRow[]> {
    const sql = 'SELECT id FROM staff WHERE userid_key = ?';
    const [staff] = await db.query<{ id: string }>(sql, [userid.toLowerCase()]);
    return staff ? above(staff.id) : [];
  }

  /** Our ids of the staff member and of everybody in their line. */
  async function withBelow(userid = ''): Promise<string[]> {
    const key = userid.toLowerCase();
    const rows = await db.query<{ id: string }>(
      `SELECT id FROM staff WHERE userid_key = ? UNION SELECT y.staff_id AS id FROM reporting_reach y
       JOIN staff s ON s.id = y.superior_id WHERE s.userid_key = ? AND (y.until IS NULL OR y.until > ?)`,
      [key, key, db.now()],
    );
    return rows.map(({ id }) => id);
  }

  /** Nobody hears of what is said about themselves, or about whoever stands above them. */
  async function unbarred(all: readonly AccountRow[], userid: string | undefined): Promise<AccountRow[]> {
    const barred = new Set(await withBelow(userid));
    const others = all.filter(({ staff_id }) => !barred.has(staff_id ?? ''));
    return [...new Map(others.map((one) => [one.id, one])).values()];
  }

  /** Whom the lines of these lead up to. A deputy stands beside somebody, not above. */
  async function ups(staffIds: readonly string[]): Promise<string[]> {
    const [among, ...ids] = isIn('staff_id', staffIds);
    const rows = await db.query<{ id: string }>(
      `SELECT DISTINCT superior_id AS id FROM reporting_edge
       WHERE ${among} AND closes_cycle = ? AND source <> 'deputy' AND (until IS NULL OR until > ?)`,
      [...ids, false, db.now()],
    );
    return rows.map(({ id }) => id);
  }

  /** Those above the direct superiors, nearest level first. A level where nobody has an account is passed over. */
  async function levelsAbove(userid = ''): Promise<AccountRow[][]> {
    const staff = await db.query<{ id: string }>('SELECT id FROM staff WHERE userid_key = ?', [userid.toLowerCase()]);
    const seen = new Set(staff.map(({ id }) => id));
    const levels: AccountRow[][] = [];
    let at = await ups([...seen]);
    while (at.length > 0) {
      for (const id of at) seen.add(id);
      at = (await ups(at)).filter((id) => !seen.has(id));
      const [among, ...ids] = isIn('a.staff_id', at);
      const able = await unbarred(active(await accounts(among, ids)), userid);
      if (able.length > 0) levels.push(able);
    }
    return levels;
  }

  /**
   * The accounts of the direct superiors, and of sales managers in whose line the staff member stands: those of whoever
   * nobody is above have the whole company.
   */
  async function ofLine(userid = ''): Promise<AccountRow[]> {
    const inLine = await accounts(
      `a.staff_id IS NULL
       OR a.staff_id IN (SELECT y.superior_id FROM reporting_reach y JOIN staff l ON l.id = y.staff_id
         WHERE l.userid_key = ? AND (y.until IS NULL OR y.until > ?))
       OR (a.staff_id IN (SELECT y.staff_id FROM reporting_reach y) AND a.staff_id NOT IN (
         SELECT y.staff_id FROM reporting_reach y WHERE y.superior_id <> y.staff_id AND y.until IS NULL))`,
      [userid.toLowerCase(), db.now()],
    );
    const managers = active(inLine).filter(({ roles }) => roles.split(',').includes('sales_manager'));
    return unbarred([...managers, ...(await superiorsOf(userid))], userid);
  }

  const named = {
    account: async ({ accountId }: Subject, mandatory: boolean) => (accountId ? one(accountId, mandatory) : []),
    superiors: ({ userid }: Subject) => superiorsOf(userid),
    line: ({ userid }: Subject) => ofLine(userid),
    level: async ({ userid, level = 1 }: Subject) => (await levelsAbove(userid))[level - 1] ?? [],
  };

  return {
    levelsAbove,

    /** Nobody when there is nobody to tell. */
    async of(audience: Audience, about: Subject, mandatory: boolean): Promise<Recipient[]> {
      if (typeof audience === 'string') return named[audience](about, mandatory);
      const superiors = audience.superiors ? await superiorsOf(about.userid) : [];
      return unbarred([...(await ofRoles(audience.roles)), ...superiors], about.userid);
    },

    /** One account, if it can be told anything at all. */
    find: async (accountId: string): Promise<Recipient | undefined> =>
      active(await accounts('a.id = ?', [accountId]))[0],
  };
}
