import type { Company } from '../company';
import { requestGroupTransfer } from '../group-transfers';
import type { Arguments } from '../http/arguments';
import { decodeCursor, encodeCursor, pageAfter } from '../http/cursors';
import { badArgument, Refusal } from '../http/fault';
import type { GroupChat } from '../world/types';
import { groupChatView } from '../world/views';
import { type Endpoint, type Endpoints, successor } from './endpoint';

const post = { method: 'POST', apps: ['agent'] } as const;
/** Beyond this many visible members WeCom wants an owner filter. */
const maxUnfiltered = 1000;

const list: Endpoint = {
  ...post,
  answer(given, company) {
    const limit = given.limit('limit', 0, 1000);
    const status = given.whole('status_filter', 0);
    const owners = given.nested('owner_filter').texts('userid_list');
    if (owners.length > 100) throw badArgument('owner_filter takes at most 100 members');
    if (owners.length === 0 && company.world.staff.size > maxUnfiltered) {
      throw new Refusal(81017, 'too many members without owner_filter', 'argument');
    }
    const scope = `groupchat/list ${JSON.stringify([status, owners])}`;
    const [after = 0] = decodeCursor(scope, given.text('cursor'), 1);
    const visible = company.world.liveGroupChats().filter((chat) => isListed(company, chat, status, owners));
    const { page, more } = pageAfter(visible, after, limit);
    const last = page.at(-1);
    return {
      group_chat_list: page.map((chat) => ({ chat_id: chat.chat_id, status: chat.status })),
      ...(more && last ? { next_cursor: encodeCursor(scope, [last.serial]) } : {}),
    };
  },
};

/** The groups of somebody who left are shown only to whoever names the leaver. */
function isListed({ world }: Company, chat: GroupChat, status: number, owners: readonly string[]): boolean {
  if (status !== 0 && chat.status !== status) return false;
  const owner = chat.owner.toLowerCase();
  if (owners.length > 0) return owners.some((userid) => userid.toLowerCase() === owner);
  return world.staff.has(owner);
}

const get: Endpoint = {
  ...post,
  answer(given, { world, clock }) {
    const chat = world.groupChats.get(given.required('chat_id'));
    if (!chat) throw new Refusal(86001, 'invalid chat id');
    if (chat.stale && chat.stale.until > clock.now().getTime()) return { group_chat: chat.stale.view };
    if (chat.dismissed) throw new Refusal(49008, 'group chat is dismissed');
    const view = groupChatView(world, chat);
    return { group_chat: given.whole('need_name', 0) === 1 ? view : withoutNames(view) };
  },
};

const withoutNames = (view: ReturnType<typeof groupChatView>): object => ({
  ...view,
  member_list: view.member_list.map(({ name: _, ...member }) => member),
});

export const groupChatEndpoints: Endpoints = {
  'externalcontact/groupchat/list': list,
  'externalcontact/groupchat/get': get,
  'externalcontact/groupchat/transfer': { ...post, answer: (given, company) => transfer(given, company, true) },
  'externalcontact/groupchat/onjob_transfer': {
    ...post,
    answer: (given, company) => transfer(given, company, false),
  },
};

/** Without failures WeCom leaves the list out. */
function transfer(given: Arguments, company: Company, resigned: boolean): object {
  const takeover = successor(company, given.required('new_owner'));
  const failed = given.someTexts('chat_id_list', 100).flatMap((chat_id) => {
    const errcode = requestGroupTransfer(company, { chat_id, takeover, resigned });
    return errcode === 0 ? [] : [{ chat_id, errcode, errmsg: 'group transfer failed' }];
  });
  return failed.length > 0 ? { failed_chat_list: failed } : {};
}
