import type { ExternalContact, GroupChat, GroupMember, Relation } from './types';
import type { World } from './world';

/** The `external_contact` object of WeCom's answers. Without avatars: the demo asks no stranger's server. */
export function contactView(contact: ExternalContact): object {
  const id = contact.external_userid;
  const wecomUser = contact.type === 2;
  return {
    external_userid: id,
    name: contact.name,
    avatar: '',
    type: contact.type,
    gender: contact.gender,
    ...(wecomUser ? {} : { unionid: unionidOf(contact) }),
    ...(wecomUser
      ? { position: contact.position, corp_name: contact.corp_name, corp_full_name: contact.corp_full_name }
      : {}),
  };
}

const unionidOf = (contact: ExternalContact): string => `oSbx${contact.external_userid.slice(2, 26)}`;

const commonFields = (relation: Relation): object => ({
  userid: relation.staff.userid,
  remark: relation.remark,
  description: relation.description,
  createtime: relation.createtime,
  remark_corp_name: relation.remark_corp_name,
  remark_mobiles: relation.remark_mobiles,
  add_way: relation.add_way,
  oper_userid: relation.oper_userid || relation.staff.userid,
  ...(relation.add_way === 10 ? { wechat_channels: { nickname: '晨星智联', source: 1 } } : {}),
  ...(relation.state ? { state: relation.state } : {}),
});

/** An item of `follow_user[]` (externalcontact/get): tags with names, personal ones included. */
export function followUserView(world: World, relation: Relation): object {
  const corpTags = relation.tags.flatMap((tag_id) => {
    const found = world.findTag(tag_id);
    return found ? [{ group_name: found.group.group_name, tag_name: found.tag.name, tag_id, type: 1 }] : [];
  });
  const personal = relation.personal_tags.map((tag_name) => ({ group_name: '', tag_name, type: 2 }));
  return { ...commonFields(relation), tags: [...corpTags, ...personal] };
}

/** `follow_info` (batch/get_by_user): ids of corp tags only. */
export const followInfoView = (relation: Relation): object => ({ ...commonFields(relation), tag_id: relation.tags });

/** The `group_chat` object of groupchat/get. */
export const groupChatView = (world: World, chat: GroupChat) => ({
  chat_id: chat.chat_id,
  name: chat.name,
  owner: chat.owner,
  create_time: chat.create_time,
  notice: chat.notice,
  member_list: [...chat.members.values()].map((member) => memberView(world, member)),
  admin_list: chat.admins.map((userid) => ({ userid })),
  member_version: chat.member_version,
});

function memberView(world: World, member: GroupMember) {
  const contact = member.type === 2 ? world.contacts.get(member.userid) : undefined;
  return {
    userid: member.userid,
    type: member.type,
    ...(contact?.type === 1 ? { unionid: unionidOf(contact) } : {}),
    join_time: member.join_time,
    join_scene: member.join_scene,
    ...(member.invitor ? { invitor: { userid: member.invitor } } : {}),
    group_nickname: member.group_nickname,
    name: member.name,
    ...(member.state ? { state: member.state } : {}),
  };
}
