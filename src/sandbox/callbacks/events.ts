import { bare, renderXml, type XmlNode } from './xml';

export interface Envelope {
  corpId: string;
  /** Seconds. */
  createTime: number;
  /** `sys`, or the acting member. */
  from?: string;
}

/** An event as WeCom's plaintext XML: envelope fields first, then `nodes` in the given order. */
export function eventXml({ corpId, createTime, from = 'sys' }: Envelope, nodes: readonly XmlNode[]): string {
  return renderXml([
    ['ToUserName', corpId],
    ['FromUserName', from],
    ['CreateTime', createTime],
    ['MsgType', 'event'],
    ...nodes,
  ]);
}

/** Leaves out what is undefined. */
const given = (...nodes: (readonly [string, XmlNode[1] | undefined])[]): XmlNode[] =>
  nodes.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));

export type ExternalContactChange =
  | 'add_external_contact'
  | 'edit_external_contact'
  | 'add_half_external_contact'
  | 'del_external_contact'
  | 'del_follow_user'
  | 'transfer_fail'
  | 'msg_audit_approved';

export interface ExternalContactEvent {
  userid: string;
  external_userid: string;
  state?: string | undefined;
  welcome_code?: string | undefined;
  source?: string | undefined;
  fail_reason?: string | undefined;
}

export const externalContactEvent = (change: ExternalContactChange, event: ExternalContactEvent): XmlNode[] =>
  given(
    ['Event', 'change_external_contact'],
    ['ChangeType', change],
    ['FailReason', event.fail_reason],
    ['UserID', event.userid],
    ['ExternalUserID', event.external_userid],
    ['State', event.state],
    ['WelcomeCode', event.welcome_code],
    ['Source', event.source],
  );

export const groupChatEvent = (chatId: string, change: 'create' | 'update' | 'dismiss'): XmlNode[] => [
  ['Event', 'change_external_chat'],
  ['ChatId', chatId],
  ['ChangeType', change],
];

export interface MembersChange {
  members: readonly string[];
  /** 0 invited, 3 scanned the QR code. */
  joinScene?: number;
  /** 0 left, 1 removed. */
  quitScene?: number;
  lastVersion: string;
  currentVersion: string;
}

export const groupUpdateEvent = (
  chatId: string,
  detail: 'change_owner' | 'change_name' | 'change_notice',
): XmlNode[] => [...groupChatEvent(chatId, 'update'), ['UpdateDetail', detail]];

export const groupMembersEvent = (
  chatId: string,
  detail: 'add_member' | 'del_member',
  change: MembersChange,
): XmlNode[] => [
  ...groupChatEvent(chatId, 'update'),
  ...given(
    ['UpdateDetail', detail],
    ['JoinScene', change.joinScene],
    ['QuitScene', change.quitScene],
    ['MemChangeCnt', change.members.length],
    ['MemChangeList', change.members.map((member) => ['Item', bare(member)] as const)],
    ['LastMemVer', bare(change.lastVersion)],
    ['CurMemVer', bare(change.currentVersion)],
  ),
];

export const tagEvent = (
  id: string,
  tagType: 'tag' | 'tag_group',
  change: 'create' | 'update' | 'delete',
): XmlNode[] => [
  ['Event', 'change_external_tag'],
  ['Id', id],
  ['TagType', tagType],
  ['ChangeType', change],
];

export const tagShuffleEvent = (groupId: string): XmlNode[] => [
  ['Event', 'change_external_tag'],
  ['Id', groupId],
  ['StrategyId', ''],
  ['ChangeType', 'shuffle'],
];

/** `change_contact` with its own nodes: WeCom sends its ChangeType without CDATA. */
export const directoryEvent = (change: string, nodes: readonly XmlNode[]): XmlNode[] => [
  ['Event', 'change_contact'],
  ['ChangeType', bare(change)],
  ...nodes,
];

/** `subscribe` and `unsubscribe`: the member entered or left the app's visible range. Sent in the member's name. */
export const rangeEvent = (event: 'subscribe' | 'unsubscribe', agentId: number): XmlNode[] => [
  ['Event', event],
  ['AgentID', agentId],
];
