import { z } from 'zod';
import { calendarDay, type Field, lineOfText, type RecordType } from '../../../records';
import { contactStates } from './contact.entity';
import { birthdayShape } from './dates';

const address = z.strictObject({
  province: lineOfText(40).optional(),
  city: lineOfText(40).optional(),
  district: lineOfText(40).optional(),
  street: lineOfText(200).optional(),
});
const anniversaries = z.array(
  z.strictObject({
    name: lineOfText(60).pipe(z.string().min(1)),
    date: calendarDay,
    yearly: z.boolean().default(true),
  }),
);
const netCall = z.array(
  z.strictObject({ kind: z.enum(['wecom', 'wechat', 'qq', 'other']), handle: lineOfText(100).pipe(z.string().min(1)) }),
);

const channel = (key: string, type: Field['type']): Field => ({ key, type, sealed: true, guard: 'party.channels' });
const personal = (field: Field): Field => ({ ...field, sealed: true, guard: 'party.personal' });
const sensitive = (field: Field): Field => ({ ...field, sealed: true, guard: 'party.sensitive' });

const fields: readonly Field[] = [
  { key: 'name', type: 'text', max: 60, required: true, sort: 'always_there' },
  { key: 'owner_userid', column: 'owner_id', type: 'staff' },
  { key: 'customer_id', type: 'record', of: 'customer' },
  { key: 'is_primary', type: 'boolean' },
  { key: 'external_userid', type: 'key', max: 64 },
  { key: 'kind', type: 'dictionary', dictionary: 'contact_kind' },
  { key: 'status', type: 'choice', choices: contactStates },
  { key: 'title', type: 'text', max: 60 },
  { key: 'salutation', type: 'text', max: 20 },
  { key: 'department', type: 'text', max: 60 },
  { key: 'office', type: 'text', max: 60 },
  { key: 'postcode', type: 'text', max: 10 },
  { key: 'homepage', type: 'url' },
  { key: 'remark', type: 'long_text', max: 2000 },
  channel('mobiles', 'phones'),
  channel('business_phone', 'phone'),
  channel('business_fax', 'phone'),
  channel('home_fax', 'phone'),
  channel('car_phone', 'phone'),
  channel('supervisor_phone', 'phone'),
  channel('assistant_phone', 'phone'),
  channel('business_email', 'email'),
  channel('private_email', 'email'),
  { ...channel('net_call', 'object'), shape: netCall },
  personal({ key: 'gender', type: 'choice', choices: ['unknown', 'male', 'female'] }),
  personal({ key: 'business_address', type: 'object', shape: address }),
  personal({ key: 'supervisor_name', type: 'text', max: 60 }),
  personal({ key: 'assistant_name', type: 'text', max: 60 }),
  personal({ key: 'birthday', type: 'object', shape: birthdayShape }),
  personal({ key: 'anniversaries', type: 'object', shape: anniversaries }),
  personal({ key: 'native_place', type: 'text', max: 60 }),
  personal({ key: 'education', type: 'dictionary', dictionary: 'education' }),
  personal({ key: 'school', type: 'text', max: 100 }),
  sensitive({ key: 'home_address', type: 'object', shape: address }),
  sensitive({ key: 'bank_account', type: 'text', max: 30 }),
  sensitive({ key: 'id_number', type: 'text', max: 18 }),
  sensitive({ key: 'height_cm', type: 'integer', min: 30, max: 250 }),
  sensitive({ key: 'weight_kg', type: 'integer', min: 1, max: 500 }),
  sensitive({ key: 'blood_type', type: 'choice', choices: ['A', 'B', 'AB', 'O', 'other'] }),
  sensitive({ key: 'health', type: 'text', max: 200 }),
  sensitive({ key: 'marital_status', type: 'dictionary', dictionary: 'marital_status' }),
  sensitive({ key: 'ethnicity', type: 'dictionary', dictionary: 'ethnicity' }),
  sensitive({ key: 'political_status', type: 'dictionary', dictionary: 'political_status' }),
  sensitive({ key: 'spouse_name', type: 'text', max: 60 }),
  sensitive({ key: 'children_names', type: 'object', shape: z.array(lineOfText(60)).max(10) }),
];

/** F-CON (crm-features §3.2); the photo comes with attachments. */
export const contactType: RecordType = {
  ...{ key: 'contact', path: 'contacts', table: 'contact', title: 'name', customer: 'customer_id', fields },
  can: { read: 'contacts:read', write: 'contacts:write', all: 'customers:all' },
};
