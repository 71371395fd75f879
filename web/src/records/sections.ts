import type { RecordField, RecordType } from './types';

/** Where a field stands in forms and on pages; one that is named nowhere stands with the basics. */
const named = {
  reach: [
    ...['phone', 'phones', 'mobiles', 'business_phone', 'email', 'business_email', 'private_email', 'wechat'],
    ...['net_call', 'fax', 'business_fax', 'home_fax', 'car_phone', 'homepage', 'external_userid'],
    ...['address', 'business_address', 'region_code', 'postcode'],
  ],
  follow: [
    ...['next_follow_up_at', 'last_touch_at', 'first_response_at', 'stage_since', 'locked_at', 'do_not_contact'],
    ...['closing_reason', 'checklist'],
  ],
  business: [
    ...['need', 'product_interest', 'estimated_amount', 'currency', 'unified_social_credit_code', 'nature'],
    ...['registered_capital', 'legal_representative', 'bank_account', 'profile', 'state_code'],
  ],
  personal: [
    ...['gender', 'birthday', 'anniversaries', 'native_place', 'education', 'school', 'supervisor_name'],
    ...['supervisor_phone', 'assistant_name', 'assistant_phone'],
  ],
  sensitive: [
    ...['home_address', 'id_number', 'height_cm', 'weight_kg', 'blood_type', 'health', 'marital_status', 'ethnicity'],
    ...['political_status', 'spouse_name', 'children_names'],
  ],
} as const;

export const sections = ['basics', 'reach', 'business', 'follow', 'personal', 'sensitive'] as const;
export type Section = (typeof sections)[number];

const places = new Map<string, Section>(
  Object.entries(named).flatMap(([section, keys]) => keys.map((key) => [key, section as Section])),
);

const sectionOf = ({ key }: RecordType, field: RecordField): Section =>
  key === 'contact' && field.key === 'bank_account' ? 'sensitive' : (places.get(field.key) ?? 'basics');

/** In the order in which they are shown, none empty. */
export const fieldsBySection = (type: RecordType, fields: readonly RecordField[]): [Section, RecordField[]][] =>
  sections
    .map((section): [Section, RecordField[]] => [section, fields.filter((one) => sectionOf(type, one) === section)])
    .filter(([, found]) => found.length > 0);

const short = new Set<Section>(['basics', 'reach']);

/** What a short form asks first; the rest is one click away. */
export const isShort = (section: Section): boolean => short.has(section);
