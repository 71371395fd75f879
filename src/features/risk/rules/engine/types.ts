export const identifierClasses = ['mobile', 'bank_card', 'id_card', 'wechat_id', 'email'] as const;
export type IdentifierClass = (typeof identifierClasses)[number];

export const qrClasses = [
  'wechat_pay',
  'alipay',
  'wechat_person',
  'wechat_group',
  'wecom',
  'unionpay',
  'other',
] as const;
export type QrClass = (typeof qrClasses)[number];

/** One thing to look at in a message: itself, or a nested item. */
export interface Part {
  path: string;
  type: string;
  text: string;
  body: Record<string, unknown>;
  /** What its QR codes say. */
  codes: readonly string[];
  /** md5 of its file, as told. */
  md5: string | null;
}

export interface Subject {
  /** Who says it. */
  sender: 'staff' | 'external' | 'robot';
  parts: readonly Part[];
}

export type Matcher =
  /** Fuzzy: hidden forms are looked for as well, and their hits marked. */
  | { kind: 'words'; words: readonly string[]; fuzzy: boolean }
  /** RE2 syntax, on the folded text, capitals or not; `^` and `$` stand for a line. */
  | { kind: 'pattern'; pattern: string }
  /** Allowed: numbers, ids, addresses and domains that are nobody's fault. */
  | { kind: 'identifier'; classes: readonly IdentifierClass[]; allowed: readonly string[] }
  /** Allowed: what a code may begin with. */
  | { kind: 'qr'; classes: readonly QrClass[]; allowed: readonly string[] }
  /** The card of somebody who is not staff. Allowed: names of companies, and userids. */
  | { kind: 'card'; allowed: readonly string[] }
  /** Allowed: hosts, with all below them. */
  | { kind: 'link'; allowed: readonly string[] }
  /** Allowed: app ids, usernames and names. */
  | { kind: 'mini_program'; allowed: readonly string[] }
  /** In fen. */
  | { kind: 'red_packet'; least: number }
  | { kind: 'file'; names: readonly string[]; md5s: readonly string[] };

export interface CompilableRule {
  id: string;
  matchers: readonly Matcher[];
  /** A hit that overlaps one of these words is none. */
  exclusions: readonly string[];
  saidBy: 'staff' | 'external' | 'anyone';
}

/** In UTF-16 units of the part's own text; `to` is behind its end. */
export interface Span {
  from: number;
  to: number;
}

export interface RuleHit {
  /** Their places in the list of rules, and in the matchers of that rule. */
  rule: number;
  matcher: number;
  path: string;
  /** Null where the hit is not in the text. */
  span: Span | null;
  /** It was hidden: found only behind look-alikes, blanks, another script or its sound. */
  fuzzy: boolean;
  /** The listed word; class of an identifier or code; host; name of a mini-program, company or file. */
  what: string | null;
  /** The identifier, code, address or amount itself. Personal: never stored in the clear. */
  value: string | null;
}

/** What a matcher found in a part. */
export type Found = Pick<RuleHit, 'span' | 'fuzzy' | 'what' | 'value'>;
