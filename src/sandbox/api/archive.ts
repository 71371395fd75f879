import { toUnix } from '../../core/clock';
import { sealMessage } from '../archive/cipher';
import { sliceOf } from '../archive/slices';
import type { Consent } from '../archive/types';
import type { Company } from '../company';
import { type Arguments, isRecord } from '../http/arguments';
import { badArgument, Refusal } from '../http/fault';
import type { GroupChat, Staff } from '../world/types';
import { type Endpoint, type Endpoints, servingStaff } from './endpoint';

const post = { method: 'POST', apps: ['archive'] } as const;
const mostRecords = 1000;
const mostPairs = 100;

/**
 * What the vendor's library asks of WeCom is not public: this and `chatMedia` are our own, under the addresses that the
 * library is said to use, and answer the library's codes (wecom-archive §1.4). Only `archive/library.ts` asks them.
 */
const chatData: Endpoint = {
  ...post,
  answer(given, { archive }) {
    const [seq, limit] = [given.text('seq'), given.whole('limit', 0)];
    if (!/^\d{1,20}$/.test(seq) || limit < 1 || limit > mostRecords) throw badArgument('bad seq or limit', 10000);
    const records = archive.after(BigInt(seq), limit);
    return { chatdata: records.map(({ seq: at, said }) => ({ seq: at, msgid: said.msgid, ...sealMessage(said) })) };
  },
};

const chatMedia: Endpoint = {
  ...post,
  answer(given, { archive }) {
    const file = archive.fileOf(given.text('sdkfileid'));
    if (file === undefined) throw badArgument('bad sdkfileid', 10005);
    if (file === 'expired') throw new Refusal(10010, 'data expired');
    const { data, outindexbuf, finished } = sliceOf(file, given.text('indexbuf'));
    return { data: data.toString('base64'), outindexbuf, is_finish: finished ? 1 : 0 };
  },
};

/** 2 服务版 for those who work with customers, 1 办公版 for everybody else. */
const editionOf = ({ follower }: Staff): number => (follower ? 2 : 1);

const permitted: Endpoint = {
  ...post,
  answer(given, { world, archive }) {
    const edition = given.whole('type', 0);
    const seated = [...world.staff.values()].filter((staff) => archive.seats.has(staff));
    return { ids: seated.filter((s) => edition === 0 || editionOf(s) === edition).map(({ userid }) => userid) };
  },
};

/** The misspelt `exteranalopenid` is WeCom's. Who was never asked has not agreed. */
const consentView = (exteranalopenid: string, consent: Consent | undefined): object => ({
  exteranalopenid,
  agree_status: consent?.agreed ? 'Agree' : 'Disagree',
  status_change_time: consent ? toUnix(consent.at) : 0,
});

const singleConsents: Endpoint = {
  ...post,
  answer: (given, company) => ({
    agreeinfo: pairsOf(given).map(({ userid, external }) => {
      const consent = company.archive.consents.of(servingStaff(company, userid), external);
      return { userid, ...consentView(external, consent) };
    }),
  }),
};

function pairsOf(given: Arguments): { userid: string; external: string }[] {
  const { info } = given.all();
  if (!Array.isArray(info) || info.length < 1 || info.length > mostPairs)
    throw badArgument(`info takes 1 to ${mostPairs} entries`);
  return info.map((entry: unknown) => {
    if (isRecord(entry) && typeof entry.userid === 'string' && typeof entry.exteranalopenid === 'string')
      return { userid: entry.userid, external: entry.exteranalopenid };
    throw badArgument('info holds something else than pairs');
  });
}

const groupConsents: Endpoint = {
  ...post,
  answer(given, company) {
    const chat = customerGroup(company, given.required('roomid'));
    const customers = [...chat.members.values()].filter(({ type }) => type === 2);
    return { agreeinfo: customers.map(({ userid }) => consentView(userid, company.archive.consents.of(chat, userid))) };
  },
};

function customerGroup({ world }: Company, roomid: string): GroupChat {
  const chat = world.groupChats.get(roomid);
  if (!chat) throw new Refusal(86001, 'invalid chat id');
  return chat;
}

/** Groups of colleagues only: customer groups have their own API. */
const internalChat: Endpoint = {
  ...post,
  answer(given, { archive }) {
    const chat = archive.internalChats.get(given.required('roomid'));
    if (!chat) throw new Refusal(86001, 'invalid chat id');
    const members = chat.members.filter(({ status }) => status !== 5);
    return {
      roomname: chat.name,
      creator: chat.creator.userid,
      room_create_time: toUnix(chat.created_at),
      notice: chat.notice,
      members: members.map(({ userid }) => ({ memberid: userid, jointime: toUnix(chat.created_at) })),
    };
  },
};

const robotInfo: Endpoint = {
  method: 'GET',
  apps: ['archive'],
  answer(given, { archive }) {
    const robot = archive.robots.get(given.required('robot_id'));
    if (!robot) throw badArgument('no such robot');
    const { robot_id, name, creator } = robot;
    return { data: { robot_id, name, creator_userid: creator.userid } };
  },
};

export const archiveEndpoints: Endpoints = {
  'message/getchatdata': chatData,
  'message/getchatmediadata': chatMedia,
  'msgaudit/get_permit_user_list': permitted,
  'msgaudit/check_single_agree': singleConsents,
  'msgaudit/check_room_agree': groupConsents,
  'msgaudit/groupchat/get': internalChat,
  'msgaudit/get_robot_info': robotInfo,
};
