import type { GroupChat, GroupChatMember } from '../../../../src/wecom';

export const second = (n: number): Date => new Date(Date.UTC(2026, 2, 2, 8, 0, n));

export const aMember = (userid: string, more: Partial<GroupChatMember> = {}): GroupChatMember => ({
  userid,
  type: userid.startsWith('wm') ? 2 : 1,
  unionid: null,
  joined_at: second(0),
  join_scene: 1,
  invitor: null,
  group_nickname: '',
  name: `name of ${userid}`,
  state: '',
  ...more,
});

export const aChat = (chat_id: string, members: GroupChatMember[], more: Partial<GroupChat> = {}): GroupChat => ({
  chat_id,
  name: `name of ${chat_id}`,
  owner: 'li',
  created_at: second(0),
  notice: '',
  member_version: 'v1',
  admins: [],
  members,
  raw: {},
  ...more,
});

/** WeCom's group chats: `answers` are given first, one a read; then what is in `chats`. */
export class FakeGroups {
  readonly chats = new Map<string, GroupChat>();
  readonly answers: GroupChat[] = [];
  reads = 0;

  put(chat: GroupChat): void {
    this.chats.set(chat.chat_id, chat);
  }

  async get(chatId: string): Promise<GroupChat | null> {
    this.reads += 1;
    return this.answers.shift() ?? this.chats.get(chatId) ?? null;
  }
}
