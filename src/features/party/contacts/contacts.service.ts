import { normalPhone } from '../../../core/phone';
import type { Database } from '../../../db/database';
import {
  type Draft,
  fieldFault,
  type Key,
  phoneKeys,
  type RecordData,
  type RecordRules,
  type Records,
  type Values,
} from '../../../records';
import { contactType } from './contact.type';
import { isIdNumber } from './dates';

interface Deps {
  db: Database;
  records: Pick<Records, 'open'>;
}

export type Contacts = ReturnType<typeof createContacts>;

/** The people at our customers (CON-01 …). */
export const createContacts = ({ db, records }: Deps) => {
  /** One a customer: the one before is demoted in the same transaction (CON-04). */
  async function onlyPrimary({ id, customer_id, is_primary }: RecordData): Promise<void> {
    if (!is_primary || !customer_id) return;
    const sql =
      'UPDATE contact SET is_primary = ?, version = version + 1 WHERE customer_id = ? AND id <> ? AND is_primary = ?';
    await db.execute(sql, [false, String(customer_id), id, true]);
  }
  const service = records.open(contactType, { check, claims, lookups, stored: onlyPrimary } satisfies RecordRules);
  return {
    records: service,

    /** Who an external contact is, if we know. */
    async ofExternal(externalUserid: string): Promise<string | undefined> {
      const sql = 'SELECT id FROM contact WHERE external_userid = ? AND deleted_at IS NULL';
      const [row] = await db.query<{ id: string }>(sql, [externalUserid]);
      return row?.id;
    },
  };
};

async function check({ values }: Draft): Promise<void> {
  values.status ??= 'active';
  if (values.is_primary && !values.customer_id) throw fieldFault('is_primary', 'required', 'Of which customer?');
  if (typeof values.id_number === 'string' && values.id_number !== '') {
    values.id_number = values.id_number.toUpperCase();
    if (!isIdNumber(String(values.id_number))) throw fieldFault('id_number', 'format', 'The check sign is wrong');
  }
  const account = values.bank_account;
  if (typeof account === 'string' && account !== '' && !/^\d{8,30}$/.test(account)) {
    throw fieldFault('bank_account', 'format', '8 to 30 digits');
  }
}

const mobilesOf = ({ mobiles }: Values): string[] => [
  ...new Set(((mobiles as string[] | null) ?? []).flatMap((number) => normalPhone(number) ?? [])),
];

/** One mobile number, one contact; one external contact, one contact (WCM-09). */
const claims = (values: Values): Key[] => [
  ...mobilesOf(values).map((value) => ({ kind: 'mobile', value, path: 'mobiles' })),
  ...(values.external_userid
    ? [{ kind: 'external', value: String(values.external_userid), path: 'external_userid' }]
    : []),
];

const lookups = (values: Values): Key[] => [
  ...phoneKeys('mobiles', mobilesOf(values)),
  ...phoneKeys('business_phone', [values.business_phone]),
];
