/** WeCom's own field names: the sandbox speaks WeCom's protocol. Instants are whole seconds. */
export interface Department {
  id: number;
  name: string;
  name_en: string;
  parentid: number;
  order: number;
  department_leader: string[];
}

/** 1 active, 2 disabled, 4 not activated, 5 left. */
export type StaffStatus = 1 | 2 | 4 | 5;

export interface Staff {
  /** Order of arrival: what a cursor remembers. */
  readonly serial: number;
  userid: string;
  name: string;
  alias: string;
  position: string;
  department: number[];
  main_department: number;
  /** Departments of `department` that this person leads. */
  leads: number[];
  direct_leader: string[];
  status: StaffStatus;
  /** Has the 客户联系 function and stands in the app's visible range. */
  follower: boolean;
  /** When the person left; undefined while serving. */
  departed_at: number | undefined;
  /** Has proved who they are (实名): only then customers and groups can be given to them. */
  real_named: boolean;
  /** Has not signed in to WeCom for a year; of a leaver, for a year before leaving. */
  login_stale: boolean;
  /** As many customers as they may have; undefined: as many as you like. */
  customer_cap: number | undefined;
  /** By `external_userid`, oldest first: the order in which lists are paged. */
  relations: Map<string, Relation>;
}

export interface ExternalContact {
  external_userid: string;
  name: string;
  /** 1 WeChat user, 2 WeCom user of another company. */
  type: 1 | 2;
  gender: 0 | 1 | 2;
  position: string;
  corp_name: string;
  corp_full_name: string;
  followers: Relation[];
}

export interface Relation {
  /** Grows with every new relation: what a cursor remembers. */
  readonly serial: number;
  readonly staff: Staff;
  readonly contact: ExternalContact;
  createtime: number;
  remark: string;
  description: string;
  remark_corp_name: string;
  remark_mobiles: readonly string[];
  /** Ids of corp tags. */
  tags: readonly string[];
  personal_tags: readonly string[];
  add_way: number;
  /** Who began it; empty for the staff member. */
  oper_userid: string;
  state: string;
  /** The customer added an auto-accepting staff member who has not confirmed yet. */
  half: boolean;
  /** The customer deleted the staff member: WeCom's lists still show the relation. */
  external_deleted: boolean;
}

export interface Tag {
  id: string;
  name: string;
  create_time: number;
  order: number;
}

export interface TagGroup {
  group_id: string;
  group_name: string;
  create_time: number;
  order: number;
  tags: Map<string, Tag>;
}

export interface GroupMember {
  userid: string;
  /** 1 staff, 2 external. */
  type: 1 | 2;
  join_time: number;
  join_scene: 1 | 2 | 3;
  invitor: string;
  group_nickname: string;
  name: string;
  state: string;
}

export interface GroupChat {
  readonly serial: number;
  readonly chat_id: string;
  name: string;
  /** A userid; stays the leaver's until somebody inherits the group. */
  owner: string;
  create_time: number;
  notice: string;
  admins: string[];
  members: Map<string, GroupMember>;
  member_version: string;
  /** 0 normal, 1 owner left, 2 being inherited, 3 inherited. */
  status: 0 | 1 | 2 | 3;
  dismissed: boolean;
  /** What `groupchat/get` still answers after a change, until the given time in ms. */
  stale: { view: object; until: number } | undefined;
}

/** A customer of a leaver whom nobody has been given yet. */
export interface Unassigned {
  readonly serial: number;
  handover: Staff;
  contact: ExternalContact;
  dimission_time: number;
}

/** A rule by which the client warns of words, or stops them (敏感词拦截). */
export interface InterceptRule {
  readonly rule_id: string;
  rule_name: string;
  word_list: string[];
  /** 1 phone, 2 email, 3 red packet. */
  semantics_list: number[];
  /** 1 warn and block, 2 warn only. */
  intercept_type: 1 | 2;
  user_list: string[];
  department_list: number[];
  readonly create_time: number;
  /** Made by the app whose API is played; else in the console, or by another app. */
  readonly byApp: boolean;
}

export type TransferOutcome = 'taken_over' | 'customer_refused' | 'customer_limit_exceed';

export interface Transfer {
  readonly serial: number;
  handover: Staff;
  takeover: Staff;
  contact: ExternalContact;
  resigned: boolean;
  requested_at: number;
  /** When it settles, s. */
  takeover_time: number;
  /** Undefined while waiting. */
  outcome: TransferOutcome | undefined;
}

/** A group on its way to another owner. */
export interface GroupTransfer {
  readonly chat: GroupChat;
  readonly handover: Staff;
  readonly takeover: Staff;
  readonly resigned: boolean;
  readonly requested_at: number;
  /** When it settles, s. */
  takeover_time: number;
  /** Undefined while waiting. */
  outcome: 'taken_over' | 'lapsed' | undefined;
}
