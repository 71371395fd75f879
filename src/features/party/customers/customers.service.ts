import type { Database } from '../../../db/database';
import {
  type Draft,
  fieldFault,
  type Key,
  phoneKeys,
  type RecordRules,
  type Records,
  type Values,
} from '../../../records';
import { companyKey, isCreditCode } from './company-name';
import { customerType } from './customer.type';

interface Deps {
  db: Database;
  records: Pick<Records, 'open'>;
}

export type Customers = ReturnType<typeof createCustomers>;

/** Whom we sell to (CUS-01 …). */
export const createCustomers = ({ db, records }: Deps) => {
  const count = async (table: string, id: string): Promise<number> => {
    const sql = `SELECT COUNT(*) AS count FROM ${table} WHERE customer_id = ? AND deleted_at IS NULL`;
    const [row] = await db.query<{ count: unknown }>(sql, [id]);
    return Number(row?.count);
  };
  const rules: RecordRules = {
    check: async (draft) => check(draft, db.now()),
    claims,
    lookups: (values) => [...claims(values), ...phoneKeys('phone', [values.phone])],
    dependents: async (id) => ({ contacts: await count('contact', id) }),
  };
  return { records: records.open(customerType, rules) };
};

function check({ values, before }: Draft, now: Date): void {
  assertCodes(values);
  if (values.registered_capital != null) values.currency ??= 'CNY';
  if (before && values.parent_customer_id === before.id) throw fieldFault('parent_customer_id', 'cycle');
  // Whoever it belongs to has locked it (CUS-02).
  if (values.owner_id !== before?.owner_id) values.locked_at = values.owner_id ? now : null;
}

function assertCodes(values: Values): void {
  const { unified_social_credit_code: credit, region_code: region } = values;
  if (typeof credit === 'string' && credit !== '') {
    values.unified_social_credit_code = credit.toUpperCase();
    if (!isCreditCode(credit.toUpperCase())) {
      throw fieldFault('unified_social_credit_code', 'format', 'The check sign is wrong');
    }
  }
  if (typeof region === 'string' && region !== '' && !/^\d{6}$/.test(region)) {
    throw fieldFault('region_code', 'format', 'Six digits');
  }
}

/** One company, one record: by its credit code, by its name as it is compared. */
function claims({ unified_social_credit_code: code, name }: Values): Key[] {
  const named: Key = { kind: 'company', value: companyKey(String(name)), path: 'name' };
  return code ? [named, { kind: 'credit_code', value: String(code), path: 'unified_social_credit_code' }] : [named];
}
