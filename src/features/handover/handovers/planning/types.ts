/** An external contact or a group chat that is to get another owner. */
export interface Mover {
  kind: 'external_contact' | 'group_chat';
  /** external_userid or chat_id */
  id: string;
  /** Userid of the giver. */
  from: string;
  /** Ids of corp tags on the relation with the giver. */
  tags: readonly string[];
  /** Of a group chat: external contacts in it that are handed over too; of an external contact: group chats handed over they are in. */
  together: readonly string[];
  /** Userids of colleagues who know the contact now (relation active), and those who did before. */
  known_to: readonly string[];
  formerly_known_to: readonly string[];
  /** Counts as so many in balancing; 1 while nothing is known. */
  weight: number;
  /** In service, within 90 days. */
  transfers_in_90_days: number;
  last_transfer_at: Date | null;
  /** State of the relation with the giver, or of the group chat. */
  relation_state: string;
  open_findings: number;
  /** WeCom is moving it already, by another handover. */
  in_another_handover: boolean;
}

export interface Successor {
  userid: string;
  departments: readonly number[];
  /** How many more they can take, of whatever kind and weight; null: no limit. */
  capacity: number | null;
  /** How many external contacts they serve now. */
  load: number;
  /** Ids of corp tags they take: tier, region and language are tag groups in WeCom. Empty: everything. */
  takes: readonly string[];
  /** Has not left. */
  serving: boolean;
  /** May serve external contacts (客户联系). */
  follows: boolean;
  /** Activated their account. */
  active: boolean;
  /** The last errcode with which WeCom refused them as a successor (40098, 40099, 40143, 40205), if any. */
  refused_with: number | null;
  /** No rule gives them anything. */
  only_by_hand?: true;
}

/**
 * `one`: the first who fits in the order given, then the next when there is no more room; `round_robin`: each in turn;
 * `balanced`: whoever serves fewest, counting what this plan gave.
 */
export const distributions = ['one', 'round_robin', 'balanced'] as const;
export const preferences = ['by_hand', 'together', 'previous_contact', 'tags', 'department'] as const;

/** What a rule may prefer; by hand goes before all. */
export type Preference = Exclude<(typeof preferences)[number], 'by_hand'>;

export interface Rule {
  distribution: (typeof distributions)[number];
  /** In order of importance. */
  prefer: readonly Preference[];
  /** Id of a mover, or its giver, a space and its id → userid of one of the successors. Wins over everything. */
  by_hand: Readonly<Record<string, string>>;
}

export interface Giver {
  departed_at: Date | null;
  departments: readonly number[];
}

export interface Context {
  now: Date;
  /** By userid. Who is not in it counts as serving, in no department. */
  givers: ReadonlyMap<string, Giver>;
}

/**
 * What decided, in order. A preference is named when it left somebody out, `only_one` when nobody else was there to
 * choose from or the rule gives to one, `none_fits` when nobody gets it.
 */
export type Because = (typeof preferences)[number] | 'only_one' | 'next_in_turn' | 'least_loaded' | 'none_fits';

export type MoverWarning =
  | 'in_another_handover'
  | 'protected_90_days'
  | 'two_transfers'
  | 'not_connected'
  | 'half'
  | 'deleted_by_external'
  | 'left_over_a_year'
  | 'open_findings';

/** About whoever takes over; `nobody` when nobody does. */
export const takerWarnings = [
  ...(['successor_left', 'successor_not_following', 'successor_inactive', 'successor_refused'] as const),
  ...(['over_capacity', 'already_friends', 'nobody'] as const),
] as const;
export type TakerWarning = (typeof takerWarnings)[number];

export type Warning = MoverWarning | TakerWarning;

export interface Choice {
  mover: Mover;
  to: string | null;
  because: Because[];
  warnings: Warning[];
  /** Who would get it if `to` is refused, with the room that the plan leaves. */
  second: string | null;
}
