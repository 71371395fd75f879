import { z } from 'zod';
import type { Page } from '../../core/paging';
import { entity, id, instant, integer, type JsonObject, list, listAnswer, text, textOrNull } from './shape';

export interface ExternalContact {
  external_userid: string;
  name: string;
  avatar: string;
  /** 1 WeChat user, 2 WeCom user of another company. */
  type: number;
  /** 0 unknown, 1 male, 2 female. */
  gender: number;
  unionid: string | null;
  position: string;
  corp_name: string;
  corp_full_name: string;
  raw: JsonObject;
}

/** What one staff member knows of one external contact. */
export interface FollowerBase {
  userid: string;
  remark: string;
  description: string;
  /** When they met. */
  createtime: Date;
  remark_corp_name: string;
  remark_mobiles: string[];
  /** How they met; new numbers appear, so kept as it is (path/92114). */
  add_way: number;
  /** Who began it: a staff member's, or the external contact's own id. */
  oper_userid: string;
  /** The channel's state, `''` when there was none. */
  state: string;
  raw: JsonObject;
}

/** `tag_id` is null for a personal tag. `type`: 1 corp tag, 2 personal, 3 rule-group tag. */
export interface FollowerTag {
  tag_id: string | null;
  group_name: string;
  name: string;
  type: number;
}

/** From `get`: every tag by name. */
export interface Follower extends FollowerBase {
  tags: FollowerTag[];
}

/** From `batchByStaff`: ids of corp and rule-group tags only; personal tags are not told. */
export interface BatchFollower extends FollowerBase {
  tag_id: string[];
}

export interface ContactWithFollowers {
  contact: ExternalContact;
  followers: Follower[];
}

export interface ContactOfStaff {
  contact: ExternalContact;
  follower: BatchFollower;
}

export interface BatchPage extends Page<ContactOfStaff> {
  /** Staff whose contacts WeCom left out for want of an interface licence: unknown, not empty. */
  unlicensed_userids: string[];
}

export interface Unassigned {
  handover_userid: string;
  external_userid: string;
  departed_at: Date;
}

const contact = entity(
  z.object({
    external_userid: id,
    name: text,
    avatar: text,
    type: integer,
    gender: integer,
    unionid: textOrNull,
    position: text,
    corp_name: text,
    corp_full_name: text,
  }),
  (value, raw): ExternalContact => Object.assign(value, { raw }),
);

const followerShape = {
  userid: id,
  remark: text,
  description: text,
  createtime: instant,
  remark_corp_name: text,
  remark_mobiles: list(z.string()),
  add_way: integer,
  oper_userid: text,
  state: text,
};

const tag = z
  .object({ tag_id: textOrNull, group_name: text, tag_name: text, type: integer })
  .transform(({ tag_name, ...rest }): FollowerTag => ({ ...rest, name: tag_name }));

const follower = entity(
  z.object({ ...followerShape, tags: list(tag) }),
  (value, raw): Follower => Object.assign(value, { raw }),
);

const batchFollower = entity(
  z.object({ ...followerShape, tag_id: list(z.string()) }),
  (value, raw): BatchFollower => Object.assign(value, { raw }),
);

export const followerIds = listAnswer('follow_user', { follow_user: list(id) });
export const contactIds = listAnswer('external_userid', { external_userid: list(id) });
export const contactPage = z.object({
  external_contact: contact,
  follow_user: list(follower),
  next_cursor: textOrNull,
});
export const batchPage = listAnswer('external_contact_list', {
  external_contact_list: list(
    z
      .object({ external_contact: contact, follow_info: batchFollower })
      .transform((row): ContactOfStaff => ({ contact: row.external_contact, follower: row.follow_info })),
  ),
  next_cursor: textOrNull,
  fail_info: z.object({ unlicensed_userid_list: list(z.string()) }).nullish(),
});
export const unassignedPage = listAnswer('info', {
  info: list(
    z
      .object({ handover_userid: id, external_userid: id, dimission_time: instant }) // WeCom's spelling
      .transform(({ dimission_time, ...ids }): Unassigned => ({ ...ids, departed_at: dimission_time })),
  ),
  is_last: z.boolean().nullish(),
  next_cursor: textOrNull,
});
