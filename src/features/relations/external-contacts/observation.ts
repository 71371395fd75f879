import type { BatchFollower, Follower, JsonObject, ExternalContact as WecomContact } from '../../../wecom';
import type { ExternalContact, FactSource, Relation, RelationTag } from './external-contacts.entity';

/** Where a piece of knowledge comes from. */
export interface Origin {
  source: FactSource;
  /** The inbox event or run. */
  ref: string;
  /** When the read that showed it began. */
  at: Date;
}

/** One pair as a read of WeCom showed it. */
export interface Observed {
  contact: WecomContact;
  staffId: string;
  follower: Follower | BatchFollower;
}

type ContactColumns = Omit<ExternalContact, 'id' | 'erased_at' | 'created_at' | 'updated_at'>;
type RelationColumns = Pick<
  Relation,
  'remark' | 'description' | 'remark_corp_name' | 'remark_mobiles' | 'add_way' | 'oper_userid' | 'channel' | 'extra'
>;

const knownContactFields = new Set([
  'external_userid',
  'name',
  'avatar',
  'type',
  'gender',
  'unionid',
  'position',
  'corp_name',
  'corp_full_name',
]);

/** Those with a column, and the tags, which have a table. */
const knownFollowerFields = new Set([
  'userid',
  'remark',
  'description',
  'createtime',
  'tags',
  'tag_id',
  'remark_corp_name',
  'remark_mobiles',
  'add_way',
  'oper_userid',
  'state',
]);

/** An external contact in our columns. Fields WeCom has and we do not are kept in `extra`. */
export const contactColumns = (contact: WecomContact): ContactColumns => ({
  external_userid: contact.external_userid,
  name: cut(contact.name, 255),
  avatar: orNull(cut(contact.avatar, 1024)),
  type: contact.type,
  gender: contact.gender,
  unionid: contact.unionid,
  position: orNull(cut(contact.position, 255)),
  corp_name: orNull(cut(contact.corp_name, 255)),
  corp_full_name: orNull(cut(contact.corp_full_name, 255)),
  extra: unknownFields(contact.raw, knownContactFields),
});

/** A relation in our columns, likewise. */
export const relationColumns = (follower: Follower | BatchFollower): RelationColumns => ({
  remark: cut(follower.remark, 255),
  description: cut(follower.description, 1024),
  remark_corp_name: cut(follower.remark_corp_name, 255),
  remark_mobiles: JSON.stringify(follower.remark_mobiles),
  add_way: follower.add_way,
  oper_userid: orNull(follower.oper_userid),
  channel: orNull(cut(follower.state, 255)),
  extra: unknownFields(follower.raw, knownFollowerFields),
});

type TagColumns = Omit<RelationTag, 'relation_id'>;

/** The tags a read showed. A batch read knows no personal tags and no names. */
export function tagColumns(follower: Follower | BatchFollower): TagColumns[] {
  if ('tags' in follower) {
    return follower.tags.map((tag) => ({
      tag_key: tag.tag_id ?? personalKey(tag.name),
      type: tag.type,
      name: tag.type === 1 ? null : tag.name,
      group_name: tag.type === 1 ? null : tag.group_name,
    }));
  }
  return follower.tag_id.map((id) => ({
    tag_key: id,
    type: id.startsWith('st') ? 3 : 1,
    name: null,
    group_name: null,
  }));
}

export const knowsPersonalTags = (follower: Follower | BatchFollower): boolean => 'tags' in follower;

const personalKey = (name: string): string => `name:${cut(name, 120)}`;

/** JSON of the fields that are not in `known`; null when there are none, or none that says anything. */
function unknownFields(raw: JsonObject, known: ReadonlySet<string>): string | null {
  const extra: JsonObject = {};
  for (const key of Object.keys(raw)) if (!known.has(key)) extra[key] = raw[key];
  const json = JSON.stringify(extra);
  return json === '{}' ? null : json;
}

/** By characters, so that no emoji is cut in two. */
const cut = (text: string, length: number): string =>
  text.length <= length ? text : [...text].slice(0, length).join('');
const orNull = (text: string): string | null => text || null;
