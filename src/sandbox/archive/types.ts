import type { GroupChat, Staff } from '../world/types';
import type { File } from './files';

/** Why WeCom archives nothing of a message: nobody in the conversation has a seat, or the customer has not agreed. */
export type LeftOut = 'no_seat' | 'no_consent';

/** One file of a message as WeCom keeps it: every message that carries it has an id of its own for it. */
export interface SaidMedia {
  sdkfileid: string;
  size: number;
  sha256: string;
}

/** Something that was said in the pretend company, archived or not: the truth the archive is compared with. */
export interface Said {
  /** uint64 in decimal digits; null when WeCom archives nothing of it. */
  readonly seq: string | null;
  readonly left_out: LeftOut | null;
  readonly msgid: string;
  readonly publickey_ver: number;
  /** send, recall or switch. */
  readonly action: string;
  readonly type: string;
  readonly from: string;
  readonly to: readonly string[];
  /** Null in a single chat. */
  readonly chat_id: string | null;
  readonly at: Date;
  /** The JSON text as WeCom writes it. */
  readonly plain: string;
  readonly media: readonly SaidMedia[];
  /** Whoever opens it dies of it. */
  readonly poison: boolean;
}

export interface KeptFile {
  file: File;
  at: Date;
}

/** What a customer answered when asked whether the conversation may be archived. */
export interface Consent {
  /** In a single chat the member, in a group the group. */
  where: Staff | GroupChat;
  external_userid: string;
  agreed: boolean;
  at: Date;
}

/** A group of staff only; WeCom's lists of customer groups do not know it. */
export interface InternalChat {
  readonly chat_id: string;
  name: string;
  creator: Staff;
  created_at: Date;
  notice: string;
  members: Staff[];
}

export interface Robot {
  robot_id: string;
  name: string;
  creator: Staff;
}
