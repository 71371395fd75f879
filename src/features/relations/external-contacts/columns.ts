import type { ExternalContact, Relation } from './external-contacts.entity';

/** `erased_at` is none of them: a read never writes it. */
export const contactFields = [
  'external_userid',
  'id',
  'name',
  'avatar',
  'type',
  'gender',
  'unionid',
  'position',
  'corp_name',
  'corp_full_name',
  'extra',
  'created_at',
  'updated_at',
] as const satisfies (keyof ExternalContact)[];

/** What a person may have edited; kept apart from what the history decides. */
export const editableFields = [
  'remark',
  'description',
  'remark_corp_name',
  'remark_mobiles',
  'add_way',
  'oper_userid',
  'channel',
  'extra',
  'personal',
  'updated_at',
] as const satisfies (keyof Relation)[];

export const relationFields = [
  'id',
  'staff_id',
  'external_userid',
  'state',
  'spell',
  'started_at',
  'ended_at',
  'absent_since',
  ...editableFields,
] as const satisfies (keyof Relation)[];
