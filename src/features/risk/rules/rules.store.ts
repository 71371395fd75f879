import type { Vault } from '../../../core/vault';
import { insertRows } from '../../../db/bulk';
import { allOf, type Condition } from '../../../db/conditions';
import { type Database, toDate } from '../../../db/database';
import type { Rule, RuleVersion } from './rules.entity';
import type { RuleSettings, RuleState } from './rules.schema';

/** A rule as one of its versions has it. */
export interface RuleAt {
  id: string;
  version: number;
  settings: RuleSettings;
}

interface Filter {
  state?: string | undefined;
  family?: string | undefined;
  limit: number;
}

const placeOf = (id: string, version: number) => ({
  ...{ table: 'risk_rule_version', column: 'sealed' },
  id: `${id} ${version}`,
});

export type RuleStore = ReturnType<typeof createRuleStore>;

/** The rows of rules and their versions. Everything that writes is called inside a transaction. */
export function createRuleStore({ db, vault }: { db: Database; vault: Vault }) {
  const toRule = (row: Rule): Rule => ({
    ...row,
    version: Number(row.version),
    live_version: row.live_version === null ? null : Number(row.live_version),
    ...{ created_at: toDate(row.created_at), updated_at: toDate(row.updated_at) },
  });
  const toSettings = ({ rule_id, version, sealed }: RuleVersion): RuleSettings =>
    JSON.parse(vault.open(sealed, placeOf(rule_id, version)));

  return {
    async find(id: string): Promise<Rule | undefined> {
      const [row] = await db.query<Rule>('SELECT * FROM risk_rule WHERE id = ?', [id]);
      return row && toRule(row);
    },

    async list({ state, family, limit }: Filter, after = ''): Promise<Rule[]> {
      const conditions: Condition[] = [['id > ?', after]];
      if (state !== undefined) conditions.push(['state = ?', state]);
      if (family !== undefined) conditions.push(['family = ?', family]);
      const { where, params } = allOf(conditions);
      return (
        await db.query<Rule>(`SELECT * FROM risk_rule WHERE ${where} ORDER BY id LIMIT ?`, [...params, limit])
      ).map(toRule);
    },

    /** Those that messages are judged by. */
    async live(): Promise<Rule[]> {
      const sql = "SELECT * FROM risk_rule WHERE state = 'on' ORDER BY id";
      return (await db.query<Rule>(sql)).map(toRule);
    },

    /** @throws Error when there is no such version */
    async at(id: string, version: number): Promise<RuleAt> {
      const sql = 'SELECT * FROM risk_rule_version WHERE rule_id = ? AND version = ?';
      const [row] = await db.query<RuleVersion>(sql, [id, version]);
      if (!row) throw new Error(`rule ${id} has no version ${version}`);
      return { id, version, settings: toSettings(row) };
    },

    /** Newest first. */
    async versions(id: string): Promise<(RuleAt & Pick<RuleVersion, 'actor' | 'created_at'>)[]> {
      const sql = 'SELECT * FROM risk_rule_version WHERE rule_id = ? ORDER BY version DESC';
      return (await db.query<RuleVersion>(sql, [id])).map((row) => ({
        ...{ id, version: Number(row.version), settings: toSettings(row) },
        ...{ actor: row.actor, created_at: toDate(row.created_at) },
      }));
    },

    async add({ id, version, settings }: RuleAt, state: RuleState): Promise<void> {
      const now = db.now();
      const columns = ['id', 'name', 'family', 'state', 'version', 'live_version', 'created_at', 'updated_at'];
      const live = state === 'on' ? version : null;
      const row = [id, settings.name, settings.family, state, version, live, now, now];
      await insertRows(db, { table: 'risk_rule', columns }, [row]);
    },

    async addVersion({ id, version, settings }: RuleAt, actor: string): Promise<void> {
      const sealed = vault.seal(JSON.stringify(settings), placeOf(id, version));
      const columns = ['rule_id', 'version', 'sealed', 'actor', 'created_at'];
      await insertRows(db, { table: 'risk_rule_version', columns }, [[id, version, sealed, actor, db.now()]]);
    },

    /** @returns false when it has another version by now */
    async change({ id, version, settings: { name, family } }: RuleAt): Promise<boolean> {
      const sql = 'UPDATE risk_rule SET name = ?, family = ?, version = ?, updated_at = ? WHERE id = ? AND version = ?';
      return (await db.execute(sql, [name, family, version, db.now(), id, version - 1])) === 1;
    },

    /** What is switched off keeps the version it was judged by. @returns false when it has another version by now */
    async turn(id: string, state: 'on' | 'off', version: number): Promise<boolean> {
      const live = state === 'on' ? ', live_version = version' : '';
      const sql = `UPDATE risk_rule SET state = ?, updated_at = ?${live} WHERE id = ? AND version = ?`;
      return (await db.execute(sql, [state, db.now(), id, version])) === 1;
    },
  };
}
