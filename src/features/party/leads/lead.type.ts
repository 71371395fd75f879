import { z } from 'zod';
import type { Field, RecordType } from '../../../records';
import { leadStates } from './lead.entity';

export const checklistShape = z.strictObject({
  need: z.boolean().default(false),
  budget: z.boolean().default(false),
  authority: z.boolean().default(false),
  timing: z.boolean().default(false),
});

const fields: readonly Field[] = [
  { key: 'name', type: 'text', max: 200, required: true, sort: 'always_there' },
  { key: 'code', type: 'text', max: 32, system: true, sort: 'always_there' },
  { key: 'status', type: 'choice', choices: leadStates, system: true },
  { key: 'owner_userid', column: 'owner_id', type: 'staff' },
  { key: 'company', type: 'text', max: 200 },
  { key: 'contact_name', type: 'text', max: 60 },
  { key: 'phones', type: 'phones', sealed: true, guard: 'party.channels' },
  { key: 'email', type: 'email', sealed: true, guard: 'party.channels' },
  { key: 'wechat', type: 'text', max: 64, sealed: true, guard: 'party.channels' },
  { key: 'external_userid', type: 'key', max: 64 },
  { key: 'source', type: 'dictionary', dictionary: 'lead_source' },
  { key: 'state_code', type: 'text', max: 128 },
  { key: 'need', type: 'long_text', max: 2000 },
  { key: 'industry', type: 'dictionary', dictionary: 'industry' },
  { key: 'region_code', type: 'key', max: 6 },
  { key: 'estimated_amount', type: 'money', sort: 'nullable' },
  { key: 'currency', type: 'key', max: 3 },
  { key: 'product_interest', type: 'text', max: 200 },
  { key: 'remark', type: 'long_text', max: 2000 },
  { key: 'next_follow_up_at', type: 'instant', sort: 'nullable' },
  { key: 'last_touch_at', type: 'instant', system: true, sort: 'nullable' },
  { key: 'first_response_at', type: 'instant', system: true },
  { key: 'stage_since', type: 'instant', system: true, sort: 'always_there' },
  { key: 'closing_reason', type: 'text', max: 200, system: true },
  { key: 'checklist', type: 'object', shape: checklistShape },
  { key: 'converted_customer_id', type: 'record', of: 'customer', system: true },
  { key: 'converted_contact_id', type: 'record', of: 'contact', system: true },
];

/** LEA-01 (crm-features §4.2). */
export const leadType: RecordType = {
  ...{ key: 'lead', path: 'leads', table: 'sales_lead', title: 'name', series: 'lead', fields },
  closed: { column: 'status', values: ['converted', 'discarded'] },
  can: { read: 'leads:read', write: 'leads:write' },
};
