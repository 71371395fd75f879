import type { Company } from '../company';
import { mustContact, mustStaff, NotPossible } from '../control/support';
import type { GroupChat, Staff } from '../world/types';
import { makerOf } from './content';
import { type Conversation, conversationAt, type Place } from './conversation';
import { createKit, exactJson } from './kit';
import type { Said } from './types';

export interface Saying extends Place {
  /** A msgtype as WeCom names it. Default `text`. */
  type?: string | undefined;
  /** The words, where the type has any. */
  text?: string | undefined;
  /** Fields of the content that shall be others than made up. */
  payload?: object | undefined;
  /** When it was said. Default now. */
  at?: Date | undefined;
  /** WeCom does not tell that something was said. */
  silent?: boolean | undefined;
}

/** Somebody says something. @throws NotPossible where nobody can */
export function say(company: Company, saying: Saying): Said {
  const { type = 'text', text = '您好', at = company.clock.now() } = saying;
  const maker = makerOf(type);
  if (!maker) throw new NotPossible(`Nobody can send a message of type ${type}`);
  const conversation = conversationAt(company, saying);
  const { kit, media } = createKit(company.archive, { at, speaker: conversation.speaker, text });
  const fields = changed(maker(kit), saying.payload);
  return write(company, conversation, { action: 'send', type, fields, media, at, silent: saying.silent });
}

/** The content lies in the one field that is an object. */
function changed(fields: Record<string, unknown>, payload: object | undefined): Record<string, unknown> {
  if (!payload) return fields;
  const place = Object.keys(fields).find((name) => typeof fields[name] === 'object') ?? '';
  return { ...fields, [place]: { ...(fields[place] as object), ...payload } };
}

interface Writing {
  action: 'send' | 'recall';
  type: string;
  fields: Record<string, unknown>;
  media: Said['media'];
  at: Date;
  silent: boolean | undefined;
}

function write(company: Company, conversation: Conversation, writing: Writing): Said {
  const { speaker: from, tolist, roomid, external, left_out } = conversation;
  const { action, type, fields, media, at, silent } = writing;
  const msgid = company.archive.newMsgid(at, external);
  const head = { msgid, action, from, tolist, roomid, msgtime: at.getTime(), msgtype: type };
  const plain = exactJson({ ...head, ...fields });
  const entry = { msgid, action, type, from, to: tolist, chat_id: roomid || null, at, left_out, plain, media };
  return tell(company, company.archive.add(entry), silent);
}

function tell({ toldOfMessages }: Company, said: Said, silent = false): Said {
  if (said.seq !== null && !silent) toldOfMessages();
  return said;
}

export const canBeRecalled = ({ archive }: Company, { action, type, msgid }: Said): boolean =>
  action === 'send' && !lasting.has(type) && !archive.recalled.has(msgid);

/** Answers and calls: nobody can take them back. */
const lasting: ReadonlySet<string> = new Set(['agree', 'disagree', 'voiptext', 'meeting_voice_call', 'voip_doc_share']);

/** The sender takes a message back; what was said stays in the archive. @throws NotPossible when it cannot be */
export function recall(company: Company, said: Said, { at = company.clock.now(), silent }: Partial<Writing>): Said {
  if (!canBeRecalled(company, said)) throw new NotPossible('That cannot be taken back');
  company.archive.recalled.add(said.msgid);
  const { from, to, chat_id, left_out, msgid } = said;
  const external = msgid.endsWith('_external');
  const conversation = { speaker: from, tolist: [...to], roomid: chat_id ?? '', external, left_out };
  const fields = { revoke: { pre_msgid: msgid } };
  return write(company, conversation, { action: 'recall', type: 'revoke', fields, media: [], at, silent });
}

/** A member signs in to another company: the one record without a kind. */
export function switchCompany(
  company: Company,
  userid: string,
  { at = company.clock.now(), silent }: Partial<Writing>,
) {
  const staff = mustStaff(company, userid);
  const msgid = company.archive.newMsgid(at, false);
  const plain = exactJson({ msgid, action: 'switch', time: at.getTime(), user: staff.userid });
  const left_out = company.archive.seats.has(staff) ? null : ('no_seat' as const);
  const people = { from: staff.userid, to: [], chat_id: null };
  const entry = { msgid, action: 'switch', type: 'switch', ...people, at, left_out, plain, media: [] };
  return tell(company, company.archive.add(entry), silent);
}

export interface Answering extends Pick<Saying, 'at' | 'silent'> {
  /** The member of a single chat, or the group. */
  where: Staff | GroupChat;
  external_userid: string;
  agreed: boolean;
}

/** A customer is asked whether the conversation may be archived, and answers; the answer is a message itself. */
export function answerConsent(company: Company, answering: Answering): Said {
  const { where, external_userid, agreed, at = company.clock.now(), silent } = answering;
  mustContact(company, external_userid);
  company.archive.consents.set({ where, external_userid, agreed, at });
  const place = 'chat_id' in where ? { chat_id: where.chat_id } : { userid: where.userid };
  const conversation = conversationAt(company, { ...place, external_userid, from: 'external' });
  const type = agreed ? 'agree' : 'disagree';
  const fields = { [type]: { userid: external_userid, [`${type}_time`]: at.getTime() } };
  // Also a refusal is archived: it is what proves that there is nothing else.
  const left_out = conversation.left_out === 'no_consent' ? null : conversation.left_out;
  return write(company, { ...conversation, left_out }, { action: 'send', type, fields, media: [], at, silent });
}
