import { api } from '../api';

const keep = { staleTime: 300_000, retry: false };

/** The name of a staff member of whom only the userid is known; the userid while or if it is not found. */
export function useStaffName(userid: string | null): string {
  const query = { params: { query: { q: userid ?? '', limit: 20 } } };
  const found = api.useQuery('get', '/staff', query, { ...keep, enabled: userid !== null });
  return found.data?.items.find((staff) => staff.userid === userid)?.name || (userid ?? '');
}

/** The name of an external contact of whom only the id is known. Taken from the list: whoever opens the person is written down (S16). */
export function useContactName(externalUserid: string | null): string {
  const query = { params: { query: { external_userid: externalUserid ?? '', limit: 1 } } };
  const found = api.useQuery('get', '/relations', query, {
    ...keep,
    enabled: externalUserid !== null,
    // News of somebody can be faster than what is read of them.
    refetchInterval: ({ state }) => (state.data?.items.length === 0 && state.dataUpdateCount < 5 ? 2_000 : false),
  });
  return found.data?.items[0]?.external_name || (externalUserid ?? '');
}

/** The name of a group chat of which only the id is known. */
export function useGroupChatName(chatId: string | null): string {
  const path = { params: { path: { chat_id: chatId ?? '' } } };
  const found = api.useQuery('get', '/group-chats/{chat_id}', path, { ...keep, enabled: chatId !== null });
  return found.data?.name || (chatId ?? '');
}

export function StaffName({ userid }: { userid: string }) {
  return <bdi>{useStaffName(userid)}</bdi>;
}

export function ContactName({ externalUserid }: { externalUserid: string }) {
  return <bdi>{useContactName(externalUserid)}</bdi>;
}

export function GroupChatName({ chatId }: { chatId: string }) {
  return <bdi>{useGroupChatName(chatId)}</bdi>;
}
