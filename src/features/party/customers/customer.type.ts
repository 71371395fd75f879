import { z } from 'zod';
import { type Field, lineOfText, type RecordType } from '../../../records';

/** Province, city and district by name; the street as it is written. */
export const addressShape = z.strictObject({
  province: lineOfText(40).optional(),
  city: lineOfText(40).optional(),
  district: lineOfText(40).optional(),
  street: lineOfText(200).optional(),
});

const bankAccount = z.strictObject({
  number: z.string().regex(/^\d{8,30}$/, '8 to 30 digits'),
  bank: lineOfText(100).optional(),
});

const fields: readonly Field[] = [
  { key: 'name', type: 'text', max: 200, required: true, sort: 'always_there' },
  { key: 'code', type: 'text', max: 32, system: true, sort: 'always_there' },
  { key: 'owner_userid', column: 'owner_id', type: 'staff' },
  { key: 'phone', type: 'phone', sealed: true },
  { key: 'fax', type: 'phone', sealed: true },
  { key: 'legal_representative', type: 'text', max: 60, sealed: true, guard: 'party.personal' },
  { key: 'category_id', type: 'key', max: 64 },
  { key: 'industry', type: 'dictionary', dictionary: 'industry' },
  { key: 'nature', type: 'dictionary', dictionary: 'customer_nature' },
  { key: 'region_code', type: 'key', max: 6 },
  { key: 'address', type: 'object', shape: addressShape },
  { key: 'unified_social_credit_code', type: 'text', max: 18 },
  { key: 'registered_capital', type: 'money', sort: 'nullable' },
  { key: 'currency', type: 'key', max: 3 },
  { key: 'homepage', type: 'url' },
  { key: 'profile', type: 'long_text', max: 5000 },
  { key: 'bank_account', type: 'object', shape: bankAccount, sealed: true, guard: 'party.bank_account' },
  { key: 'value_tier', type: 'dictionary', dictionary: 'value_tier' },
  { key: 'source', type: 'dictionary', dictionary: 'lead_source' },
  { key: 'parent_customer_id', type: 'record', of: 'customer' },
  { key: 'locked_at', type: 'instant', system: true, sort: 'nullable' },
  { key: 'last_touch_at', type: 'instant', system: true, sort: 'nullable' },
  { key: 'next_follow_up_at', type: 'instant', sort: 'nullable' },
  { key: 'do_not_contact', type: 'boolean' },
];

/** F-CUS (crm-features §3.1). */
export const customerType: RecordType = {
  ...{ key: 'customer', path: 'customers', table: 'customer', title: 'name', series: 'customer', fields },
  can: { read: 'customers:read', write: 'customers:write', all: 'customers:all' },
};
