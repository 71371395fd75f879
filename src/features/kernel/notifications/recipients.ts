import type { Database, Value } from '../../../db/database';
import type { Audience } from './kinds';
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
      await accounts('a.staff_id IN (SELECT superior_id FROM reporting_edge WHERE staff_id = ? AND closes_cycle = ?)', [
        staffId,
        false,
      ]),
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

  return {
    /** Nobody when there is nobody to tell. */
    async of(audience: Audience, { accountId, userid }: Subject, mandatory: boolean): Promise<Recipient[]> {
      if (audience === 'account') return accountId ? one(accountId, mandatory) : [];
      if (audience === 'superiors') return superiorsOf(userid);
      const holders = await ofRoles(audience.roles);
      if (!audience.superiors) return holders;
      // Nobody hears of what is said about themselves, or about whoever stands above them.
      const barred = new Set(await withBelow(userid));
      const all = [...holders, ...(await superiorsOf(userid))].filter(({ staff_id }) => !barred.has(staff_id ?? ''));
      return [...new Map(all.map((one) => [one.id, one])).values()];
    },

    /** One account, if it can be told anything at all. */
    find: async (accountId: string): Promise<Recipient | undefined> =>
      active(await accounts('a.id = ?', [accountId]))[0],
  };
}
