import { z } from 'zod';
import { fromUnix } from '../../core/clock';
import { nullOn } from '../errors';
import type { CallOptions, WecomClient } from '../types';
import { entity, id, instant, integer, list, listAnswer, text } from './shape';

/** Whether a conversation may be archived; whoever was never asked counts as `disagreed` to WeCom. */
export type ConsentStatus = 'agreed' | 'disagreed' | 'unknown';

export interface ConsentAnswer {
  external_userid: string;
  status: ConsentStatus;
  /** Null when it never changed. */
  changed_at: Date | null;
}

export interface SingleConsent extends ConsentAnswer {
  userid: string;
}

/** A group of staff only (内部群). */
export interface InternalChat {
  name: string;
  creator: string;
  created_at: Date;
  notice: string;
  members: { userid: string; joined_at: Date }[];
}

export interface Robot {
  robot_id: string;
  name: string;
  creator: string;
}

/** Kinds of seats: 办公版, 服务版, 企业版. */
export const editions = { office: 1, service: 2, enterprise: 3 } as const;

/** `exteranalopenid` is WeCom's spelling. */
const consentFields = { exteranalopenid: id, agree_status: text, status_change_time: integer };

const statuses: Readonly<Record<string, ConsentStatus>> = { Agree: 'agreed', Disagree: 'disagreed' };

interface ConsentFields {
  exteranalopenid: string;
  agree_status: string;
  status_change_time: number;
}

const consentOf = ({ exteranalopenid, agree_status, status_change_time }: ConsentFields): ConsentAnswer => ({
  external_userid: exteranalopenid,
  status: statuses[agree_status] ?? 'unknown',
  changed_at: status_change_time > 0 ? fromUnix(status_change_time) : null,
});

const permitted = listAnswer('ids', { ids: list(id) });
const single = z
  .object({ userid: id, ...consentFields })
  .transform(({ userid, ...fields }): SingleConsent => ({ userid, ...consentOf(fields) }));
const singleAnswer = listAnswer('agreeinfo', { agreeinfo: list(single) });
const groupAnswer = listAnswer('agreeinfo', { agreeinfo: list(z.object(consentFields).transform(consentOf)) });

const internalChat = entity(
  z.object({
    roomname: text,
    creator: text,
    room_create_time: instant,
    notice: text,
    // A group has at least one member: without the list the answer is broken, not the group empty.
    members: z.array(z.object({ memberid: id, jointime: instant })),
  }),
  ({ roomname, creator, room_create_time, notice, members }): InternalChat => ({
    name: roomname,
    creator,
    created_at: room_create_time,
    notice,
    members: members.map(({ memberid, jointime }) => ({ userid: memberid, joined_at: jointime })),
  }),
);

const robotAnswer = z.object({
  data: z
    .object({ robot_id: id, name: text, creator_userid: text })
    .transform(({ creator_userid, ...rest }): Robot => ({ ...rest, creator: creator_userid })),
});

const pairLimit = 100;
const unknownGroup = [86001, 86003] as const;

export type ArchiveApi = ReturnType<typeof createArchiveApi>;

/** What stands beside the conversation archive (会话内容存档): seats, consent, groups of staff. Needs the archive secret. */
export function createArchiveApi(client: WecomClient) {
  const path = (name: string) => ({ app: 'archive', path: `msgaudit/${name}` }) as const;
  const post = (name: string) => ({ ...path(name), method: 'POST' }) as const;

  return {
    /** Userids of those who hold a seat that works; of all editions unless one is named. No paging. */
    async permitted({ edition }: { edition?: keyof typeof editions }, options: CallOptions): Promise<string[]> {
      const body = edition ? { type: editions[edition] } : {};
      return (await client.call({ ...post('get_permit_user_list'), body, parse: permitted, ...options })).ids;
    },

    /** @throws RangeError for more than 100 pairs */
    async singleConsents(
      pairs: readonly { userid: string; external_userid: string }[],
      options: CallOptions,
    ): Promise<SingleConsent[]> {
      if (pairs.length > pairLimit) throw new RangeError(`at most ${pairLimit} pairs a call`);
      const info = pairs.map((pair) => ({ userid: pair.userid, exteranalopenid: pair.external_userid }));
      const call = { ...post('check_single_agree'), body: { info }, parse: singleAnswer } as const;
      return (await client.call({ ...call, ...options })).agreeinfo;
    },

    /** Of every external member of a customer group. @returns null for a group that is unknown (86001, 86003) */
    async groupConsents(chatId: string, options: CallOptions): Promise<ConsentAnswer[] | null> {
      const call = { ...post('check_room_agree'), body: { roomid: chatId }, parse: groupAnswer } as const;
      return (await nullOn(unknownGroup, client.call({ ...call, ...options })))?.agreeinfo ?? null;
    },

    /** A group of staff only. @returns null when unknown, as every customer group is here (86001, 86003) */
    internalChat(chatId: string, options: CallOptions): Promise<InternalChat | null> {
      const call = { ...post('groupchat/get'), body: { roomid: chatId }, parse: internalChat } as const;
      return nullOn(unknownGroup, client.call({ ...call, ...options }));
    },

    /** Who a sender whose id begins with `wb` is. @throws WecomError 40058 for an unknown one */
    async robot(robotId: string, options: CallOptions): Promise<Robot> {
      const call = {
        ...path('get_robot_info'),
        method: 'GET',
        query: { robot_id: robotId },
        parse: robotAnswer,
      } as const;
      return (await client.call({ ...call, ...options })).data;
    },
  };
}
