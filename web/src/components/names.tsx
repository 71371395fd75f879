import { api } from '../api';

const keepMs = 300_000;

/** The name of a staff member of whom only the userid is known; the userid while or if it is not found. */
export function StaffName({ userid }: { userid: string }) {
  const query = { params: { query: { q: userid, limit: 20 } } };
  const found = api.useQuery('get', '/staff', query, { staleTime: keepMs, retry: false });
  return <bdi>{found.data?.items.find((staff) => staff.userid === userid)?.name ?? userid}</bdi>;
}

/** The name of an external contact of whom only the id is known. */
export function ContactName({ externalUserid }: { externalUserid: string }) {
  const path = { params: { path: { external_userid: externalUserid } } };
  const found = api.useQuery('get', '/external-contacts/{external_userid}', path, { staleTime: keepMs, retry: false });
  return <bdi>{found.data?.name || externalUserid}</bdi>;
}

/** The name of a group chat of which only the id is known. */
export function GroupChatName({ chatId }: { chatId: string }) {
  const path = { params: { path: { chat_id: chatId } } };
  const found = api.useQuery('get', '/group-chats/{chat_id}', path, { staleTime: keepMs, retry: false });
  return <bdi>{found.data?.name || chatId}</bdi>;
}
