import { z } from 'zod';
import { fromUnix } from '../../core/clock';
import type { Page } from '../../core/paging';
import type { CallOptions, WecomClient } from '../types';
import { cursorField, id, integer, list, listAnswer, textOrNull } from './shape';

/** `unknown`: a status the reference does not name, so nothing is settled by it. */
export type TransferStatus = 'taken_over' | 'waiting' | 'refused' | 'over_limit' | 'no_record' | 'unknown';

export interface TransferPair {
  /** Who gives. */
  from: string;
  /** Who takes over. */
  to: string;
  /** The giver has left (离职继承); otherwise they serve on (在职继承). */
  resigned: boolean;
}

export interface CustomerTransfer extends TransferPair {
  external_userids: string[];
  /** What the customer is told, at most 200 characters; WeCom's own words when left out. Not sent when resigned. */
  message?: string | undefined;
}

export interface GroupTransfer {
  chat_ids: string[];
  /** The new owner. */
  to: string;
  /** The owner has left. */
  resigned: boolean;
}

export interface TransferResult {
  external_userid: string;
  status: TransferStatus;
  /** While waiting, when it is planned to take effect. */
  takeover_at: Date | null;
}

const statuses = new Map<number, TransferStatus>([
  [1, 'taken_over'],
  [2, 'waiting'],
  [3, 'refused'],
  [4, 'over_limit'],
  [5, 'no_record'],
]);

/** Without its errcode a row says nothing: it must not read as "started". */
const errcode = z.number().int();

const orderAnswer = listAnswer('customer', { customer: list(z.object({ external_userid: id, errcode })) });
const groupAnswer = listAnswer('failed_chat_list', { failed_chat_list: list(z.object({ chat_id: id, errcode })) });

const resultPage = listAnswer('customer', {
  customer: list(
    z.object({ external_userid: id, status: integer, takeover_time: integer }).transform(
      ({ external_userid, status, takeover_time }): TransferResult => ({
        external_userid,
        status: statuses.get(status) ?? 'unknown',
        takeover_at: takeover_time > 0 ? fromUnix(takeover_time) : null,
      }),
    ),
  ),
  next_cursor: textOrNull,
});

const perCall = 100;

function refuseCount({ length }: readonly string[]): void {
  if (length === 0 || length > perCall) throw new RangeError(`1 to ${perCall} a call`);
}

export type TransferApi = ReturnType<typeof createTransferApi>;

/** Handing over external contacts and customer groups, in service and after a resignation. All calls need the agent secret. */
export function createTransferApi(client: WecomClient) {
  const post = (name: string) => ({ app: 'agent', method: 'POST', path: `externalcontact/${name}` }) as const;

  return {
    /**
     * Asks for at most 100 external contacts. Sent once: whoever does not hear the answer asks `results`.
     * @returns for each: 0 is started, and takes effect in 24 h unless the customer declines; all else is refused
     */
    async customers(
      { from, to, resigned, external_userids, message }: CustomerTransfer,
      options: CallOptions,
    ): Promise<{ external_userid: string; errcode: number }[]> {
      refuseCount(external_userids);
      const pair = { handover_userid: from, takeover_userid: to, external_userid: external_userids };
      const call = resigned
        ? { ...post('resigned/transfer_customer'), body: pair }
        : { ...post('transfer_customer'), body: message ? { ...pair, transfer_success_msg: message } : pair };
      return (await client.call({ ...call, parse: orderAnswer, idempotent: false, ...options })).customer;
    },

    /** How the transfers between two people stand, 1000 a page. In service and after a resignation are asked apart. */
    async results(
      { from, to, resigned }: TransferPair,
      cursor: string | undefined,
      options: CallOptions,
    ): Promise<Page<TransferResult>> {
      const call = post(resigned ? 'resigned/transfer_result' : 'transfer_result');
      const body = { handover_userid: from, takeover_userid: to, ...cursorField(cursor) };
      const page = await client.call({ ...call, body, parse: resultPage, ...options });
      return { items: page.customer, next_cursor: page.next_cursor };
    },

    /**
     * Gives at most 100 groups to a new owner, of one or of several owners; of one owner at most 300 a day. Sent once:
     * whoever does not hear the answer reads the owner. @returns those that failed: in service the rest is done,
     * after a resignation it is inherited now or soon (status 2, then 3)
     */
    async groupChats(
      { chat_ids, to, resigned }: GroupTransfer,
      options: CallOptions,
    ): Promise<{ chat_id: string; errcode: number }[]> {
      refuseCount(chat_ids);
      const call = post(resigned ? 'groupchat/transfer' : 'groupchat/onjob_transfer');
      const body = { chat_id_list: chat_ids, new_owner: to };
      const answer = await client.call({ ...call, body, parse: groupAnswer, idempotent: false, ...options });
      return answer.failed_chat_list;
    },
  };
}
