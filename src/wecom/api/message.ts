import { z } from 'zod';
import { WecomNotConfigured } from '../errors';
import type { CallOptions, WecomClient } from '../types';
import { text } from './shape';

export interface TextMessage {
  /** At most 1000. */
  userids: string[];
  /** Cut at 2048 bytes, as WeCom would. */
  content: string;
}

export interface TextCard {
  userids: string[];
  /** Cut at 128 characters. */
  title: string;
  /** Cut at 512 characters. */
  description: string;
  /** At most 2048 bytes. */
  url: string;
  /** At most 4 characters; WeCom says 详情 without it. */
  button?: string | undefined;
}

/** Who did not get it; WeCom lower-cases the ids. Partial failure is no error. */
export interface MessageReceipt {
  msgid: string;
  invalid_userids: string[];
}

const receiverLimit = 1000;
const bytesLimit = 2048;

const split = text.transform((ids) => ids.split('|').filter(Boolean));
const receipt = z
  .object({ msgid: text, invaliduser: split, unlicenseduser: split })
  .transform((r): MessageReceipt => ({ msgid: r.msgid, invalid_userids: [...r.invaliduser, ...r.unlicenseduser] }));

export type MessageApi = ReturnType<typeof createMessageApi>;

/** Messages of the app to staff. WeCom drops a text sent twice to one person within half an hour. */
export function createMessageApi(client: WecomClient, { agentId }: { agentId: () => number | undefined }) {
  function send(userids: string[], content: object, options: CallOptions): Promise<MessageReceipt> {
    if (userids.length === 0 || userids.length > receiverLimit) {
      throw new RangeError(`1 to ${receiverLimit} receivers a message`);
    }
    const agentid = agentId();
    if (agentid === undefined) throw new WecomNotConfigured('agent');
    const body = { touser: userids.join('|'), agentid, enable_duplicate_check: 1, ...content };
    // The duplicate check makes a second try harmless.
    return client.call({ app: 'agent', method: 'POST', path: 'message/send', body, parse: receipt, ...options });
  }

  return {
    /** @throws WecomError 81013 when no receiver is valid */
    sendText: async ({ userids, content }: TextMessage, options: CallOptions): Promise<MessageReceipt> =>
      send(userids, { msgtype: 'text', text: { content: cutBytes(content, bytesLimit) } }, options),

    /** A card that opens an address. @throws RangeError for an address over 2048 bytes */
    async sendTextCard(card: TextCard, options: CallOptions): Promise<MessageReceipt> {
      if (Buffer.byteLength(card.url) > bytesLimit)
        throw new RangeError(`a card's url has at most ${bytesLimit} bytes`);
      const textcard = {
        title: cut(card.title, 128),
        description: cut(card.description, 512),
        url: card.url,
        ...(card.button ? { btntxt: cut(card.button, 4) } : {}),
      };
      return send(card.userids, { msgtype: 'textcard', textcard }, options);
    },
  };
}

/** Cuts by characters, never inside one. */
const cut = (value: string, limit: number): string => [...value].slice(0, limit).join('');

/** Cuts by UTF-8 bytes, never inside a character. */
function cutBytes(value: string, limit: number): string {
  const bytes = Buffer.from(value);
  if (bytes.length <= limit) return value;
  let end = limit;
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end--;
  return bytes.subarray(0, end).toString();
}
