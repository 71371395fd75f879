import type { Sandbox } from '../../../src/sandbox';
import type { Answer, Client } from '../support';

/** Three members whom WeCom shows, none of whom owns or follows anything yet. */
export function newStaff({ control }: Sandbox): { giver: string; heir: string; other: string } {
  const [giver = '', heir = '', other = ''] = [1, 2, 3].map(() => control.hireStaff().userid);
  return { giver, heir, other };
}

/** Errcodes by customer, or the one errcode of a refused call. */
export async function order(
  client: Client,
  { from, to, resigned = false }: { from: string; to: string; resigned?: boolean },
  external_userid: readonly string[],
): Promise<number | number[]> {
  const path = `externalcontact/${resigned ? 'resigned/' : ''}transfer_customer`;
  const answer = await client.post(path, { handover_userid: from, takeover_userid: to, external_userid });
  return answer.errcode === 0 ? answer.customer.map((row: Answer) => row.errcode) : answer.errcode;
}

/** Errcodes of the groups that failed, or the one errcode of a refused call. */
export async function giveGroups(
  client: Client,
  { to, resigned = false }: { to: string; resigned?: boolean },
  chat_id_list: readonly string[],
): Promise<number | number[]> {
  const path = `externalcontact/groupchat/${resigned ? 'transfer' : 'onjob_transfer'}`;
  const answer = await client.post(path, { chat_id_list, new_owner: to });
  return answer.errcode === 0 ? (answer.failed_chat_list ?? []).map((row: Answer) => row.errcode) : answer.errcode;
}
