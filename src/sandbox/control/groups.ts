import { groupChatEvent, groupMembersEvent, groupUpdateEvent } from '../callbacks/events';
import { type Company, nowOf, record } from '../company';
import { createGroupChat, externalMember, staffMember } from '../world/groups';
import type { GroupChat, GroupMember } from '../world/types';
import {
  chatOrAny,
  followerOrAny,
  type Hidden,
  mustContact,
  mustStaff,
  NotPossible,
  nextMemberVersion,
  rememberShown,
} from './support';

export interface GroupTarget extends Hidden {
  /** Left out: any group. */
  chat_id?: string | undefined;
}

export interface NewGroup extends Hidden {
  name?: string | undefined;
  owner?: string | undefined;
  /** userids and external_userids. */
  members?: string[] | undefined;
}

export interface Joining extends GroupTarget {
  members: string[];
  /** They scanned the QR code; otherwise the owner invited them. */
  scanned?: boolean | undefined;
}

export interface Leaving extends GroupTarget {
  members: string[];
  /** The owner or an admin removed them. */
  removed?: boolean | undefined;
}

/** What happens in customer groups. */
export const groupOperations = (company: Company) => ({
  createGroup({ name = '新客户群', owner, members = [], silent }: NewGroup = {}): { chat_id: string } {
    const staff = followerOrAny(company, owner);
    const newcomers = members.map((id) => memberOf(company, id, { invitor: staff.userid, scene: 1 }));
    const chat = createGroupChat(company.world, company.random, { name, owner: staff, createTime: nowOf(company) });
    for (const member of newcomers) chat.members.set(member.userid, member);
    const { chat_id } = chat;
    const fact = { kind: 'group_created', chat_id, userid: staff.userid, detail: { members } } as const;
    record(company, fact, [{ nodes: groupChatEvent(chat_id, 'create') }], { silent });
    return { chat_id };
  },

  renameGroup(target: GroupTarget & { name: string }) {
    return change(company, target, {
      detail: 'change_name',
      apply: (chat) => Object.assign(chat, { name: target.name }),
    });
  },

  changeNotice(target: GroupTarget & { notice: string }) {
    return change(company, target, {
      detail: 'change_notice',
      apply: (chat) => Object.assign(chat, { notice: target.notice }),
    });
  },

  /** The owner hands the group to another member of staff inside the client. */
  changeOwner(target: GroupTarget & { owner: string }) {
    const owner = mustStaff(company, target.owner);
    return change(company, target, { detail: 'change_owner', apply: (chat) => setOwner(company, chat, owner.userid) });
  },

  joinGroup({ chat_id, members, scanned = false, silent }: Joining): { chat_id: string } {
    const chat = chatOrAny(company, chat_id);
    const scene = scanned ? 3 : 1;
    const newcomers = members
      .filter((id) => !chat.members.has(id))
      .map((id) => memberOf(company, id, { invitor: scanned ? '' : chat.owner, scene }));
    if (newcomers.length === 0) throw new NotPossible('All of them are members already');
    rememberShown(company, chat);
    for (const member of newcomers) chat.members.set(member.userid, member);
    const joined = newcomers.map((member) => member.userid);
    const nodes = groupMembersEvent(chat.chat_id, 'add_member', {
      members: joined,
      joinScene: scanned ? 3 : 0,
      ...nextMemberVersion(company, chat),
    });
    const fact = { kind: 'group_members_joined', chat_id: chat.chat_id, detail: { members: joined, scanned } } as const;
    record(company, fact, [{ nodes }], { silent });
    return { chat_id: chat.chat_id };
  },

  leaveGroup({ chat_id, members, removed = false, silent }: Leaving): { chat_id: string } {
    const chat = chatOrAny(company, chat_id);
    const left = members.filter((id) => chat.members.has(id) && id !== chat.owner);
    if (left.length === 0) throw new NotPossible('None of them can leave');
    rememberShown(company, chat);
    for (const id of left) chat.members.delete(id);
    chat.admins = chat.admins.filter((admin) => !left.includes(admin));
    const nodes = groupMembersEvent(chat.chat_id, 'del_member', {
      members: left,
      quitScene: removed ? 1 : 0,
      ...nextMemberVersion(company, chat),
    });
    const fact = { kind: 'group_members_left', chat_id: chat.chat_id, detail: { members: left, removed } } as const;
    record(company, fact, [{ nodes }], { silent });
    return { chat_id: chat.chat_id };
  },

  /** The owner dissolves the group. */
  dismissGroup(target: GroupTarget = {}): { chat_id: string } {
    const chat = chatOrAny(company, target.chat_id, ({ status }) => status === 0);
    rememberShown(company, chat);
    chat.dismissed = true;
    const { chat_id } = chat;
    const fact = {
      kind: 'group_dismissed',
      chat_id,
      userid: chat.owner,
      detail: { members: chat.members.size },
    } as const;
    record(company, fact, [{ nodes: groupChatEvent(chat_id, 'dismiss') }], target);
    return { chat_id };
  },
});

interface GroupChange {
  detail: 'change_owner' | 'change_name' | 'change_notice';
  apply(chat: GroupChat): void;
}

function change(company: Company, target: GroupTarget, { detail, apply }: GroupChange): { chat_id: string } {
  // A group whose owner has left is nobody's to change until it is inherited.
  const chat = chatOrAny(company, target.chat_id, ({ status }) => status !== 1);
  rememberShown(company, chat);
  apply(chat);
  const { chat_id, name, notice, owner } = chat;
  const kind = detail === 'change_owner' ? 'group_owner_changed' : 'group_changed';
  record(
    company,
    { kind, chat_id, detail: { name, notice, owner } },
    [{ nodes: groupUpdateEvent(chat_id, detail) }],
    target,
  );
  return { chat_id };
}

/** The new owner takes a seat if they have none. Shared with the API's transfers. */
export function setOwner(company: Company, chat: GroupChat, userid: string): void {
  if (!chat.members.has(userid)) {
    chat.members.set(userid, memberOf(company, userid, { invitor: chat.owner, scene: 1 }));
    nextMemberVersion(company, chat);
  }
  chat.owner = userid;
  chat.admins = chat.admins.filter((admin) => admin !== userid);
}

function memberOf(company: Company, id: string, { invitor, scene }: { invitor: string; scene: 1 | 3 }): GroupMember {
  const joining = { join_time: nowOf(company), join_scene: scene, invitor };
  if (/^w[mo]/.test(id) && !company.world.findStaff(id)) {
    return externalMember(mustContact(company, id), joining, company.random);
  }
  return staffMember(mustStaff(company, id), joining);
}
