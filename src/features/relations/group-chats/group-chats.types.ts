import type { GroupChatMember } from './group-chats.entity';

/** An event about one group chat. */
export interface GroupChatEvent {
  chat_id: string;
  /** `CreateTime`. */
  at: Date;
  /** Too old or too far ahead to be believed: it may only trigger a read (S2). */
  stale: boolean;
  ref: string;
}

export interface GroupChatUpdate extends GroupChatEvent {
  /** The only field that says what changed: the others may be left-overs (events §3.1). */
  update_detail?: string | undefined;
  join_scene?: number | undefined;
  quit_scene?: number | undefined;
  /** Staff userids and external ids; empty where the company's events lack the list. */
  members: string[];
  last_version?: string | undefined;
  current_version?: string | undefined;
}

export type HistoryKind =
  | 'created'
  | 'joined'
  | 'left'
  | 'owner_changed'
  | 'renamed'
  | 'notice_changed'
  | 'admins_changed'
  | 'status_changed'
  | 'dismissed'
  | 'missing'
  | 'reappeared';

/** A line of the history, about to be written. */
export interface NewHistory {
  kind: HistoryKind;
  occurred_at: Date;
  detail?: object;
}

/** What an event said, beside that something changed. */
export interface Told {
  kind: HistoryKind;
  at: Date;
  /** Who came or went. */
  userids: string[];
  scene: number | null;
}

/** Somebody came or went, as the history holds it. */
export interface Movement {
  kind: 'joined' | 'left';
  userid: string;
  occurred_at: Date;
}

/** Something a read showed that our copy did not have. */
export interface GroupChatChange {
  kind: 'group_chat_appeared' | 'group_chat_changed' | 'group_chat_members_changed' | 'group_chat_missing';
  chatId: string;
  detail: object;
}

export type Member = Omit<GroupChatMember, 'chat_id'>;
