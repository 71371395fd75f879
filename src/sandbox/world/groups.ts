import type { Random } from '../random';
import type { ExternalContact, GroupChat, GroupMember, Staff } from './types';
import { notices } from './words';
import type { World } from './world';

type Joining = Pick<GroupMember, 'join_time' | 'join_scene' | 'invitor'>;

export const staffMember = (staff: Staff, joining: Joining): GroupMember => ({
  userid: staff.userid,
  type: 1,
  group_nickname: '',
  name: staff.name,
  state: '',
  ...joining,
});

export const externalMember = (contact: ExternalContact, joining: Joining, random: Random): GroupMember => ({
  userid: contact.external_userid,
  type: 2,
  group_nickname: random.chance(0.2) ? `${contact.corp_name || '客户'}-${contact.name}`.slice(0, 20) : '',
  name: contact.name,
  state: '',
  ...joining,
});

/** A group with its owner as the only member; the caller lets the others in. */
export function createGroupChat(
  world: World,
  random: Random,
  { name, owner, createTime }: { name: string; owner: Staff; createTime: number },
): GroupChat {
  const chat: GroupChat = {
    serial: world.nextSerial(),
    chat_id: random.id('wr'),
    name,
    owner: owner.userid,
    create_time: createTime,
    notice: random.chance(0.4) ? random.pick(notices) : '',
    admins: [],
    members: new Map(),
    member_version: random.hex(32),
    status: 0,
    dismissed: false,
    stale: undefined,
  };
  chat.members.set(owner.userid, staffMember(owner, { join_time: createTime, join_scene: 1, invitor: '' }));
  world.groupChats.set(chat.chat_id, chat);
  return chat;
}
