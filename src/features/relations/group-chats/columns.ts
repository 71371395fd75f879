import { newId } from '../../../core/ids';
import type { GroupChat as WecomGroupChat, GroupChatMember as WecomMember } from '../../../wecom';
import type { GroupChat } from './group-chats.entity';
import type { Member } from './group-chats.types';

/** A group's own columns as a read showed them. `status` is told by the list alone. */
export function chatColumns(shown: WecomGroupChat, status: number | undefined) {
  const members = memberColumns(shown);
  return {
    name: cut(shown.name, 255),
    owner: shown.owner,
    notice: shown.notice,
    admins: JSON.stringify([...shown.admins].sort()),
    member_version: shown.member_version,
    member_count: members.length,
    external_count: members.filter((member) => member.type === external).length,
    created_at: shown.created_at,
    ...(status === undefined ? {} : { status }),
  };
}

/** Each member once. */
export const memberColumns = (shown: WecomGroupChat): Member[] => [
  ...new Map(shown.members.map((member) => [member.userid, memberRow(member)])).values(),
];

const memberRow = (member: WecomMember): Member => ({
  userid: member.userid,
  type: member.type,
  name: cut(member.name, 255),
  nickname: cut(member.group_nickname, 255),
  unionid: member.unionid,
  joined_at: member.joined_at,
  join_scene: member.join_scene,
  invitor: member.invitor,
  channel: cut(member.state, 255) || null,
});

/** A group of which only the id is known, and that it was there at `at`. */
export const unseenChat = (chatId: string, at: Date): GroupChat => ({
  chat_id: chatId,
  id: newId(),
  name: '',
  owner: '',
  notice: '',
  admins: '[]',
  state: 'active',
  status: 0,
  member_version: null,
  member_count: 0,
  external_count: 0,
  created_at: at,
  dismissed_at: null,
  absent_since: null,
  updated_at: at,
});

const external = 2;

/** By characters, so that no emoji is cut in two. */
const cut = (text: string, length: number): string =>
  text.length <= length ? text : [...text].slice(0, length).join('');
