import { type Company, nowOf } from '../company';
import { setOwner } from '../control/groups';
import { rememberShown } from '../control/support';
import type { Arguments } from '../http/arguments';
import { decodeCursor, encodeCursor, pageAfter } from '../http/cursors';
import { badArgument, Refusal } from '../http/fault';
import type { GroupChat } from '../world/types';
import { groupChatView } from '../world/views';
import { type Endpoint, type Endpoints, successor } from './endpoint';

const post = { method: 'POST', apps: ['agent'] } as const;
const year = 365 * 86_400;
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
  'externalcontact/groupchat/transfer': { ...post, answer: (given, company) => transfer(given, company, 'resigned') },
  'externalcontact/groupchat/onjob_transfer': {
    ...post,
    answer: (given, company) => transfer(given, company, 'onjob'),
  },
};

/** Takes effect at once; gives no callback, as everything done through the API. */
function transfer(given: Arguments, company: Company, kind: 'resigned' | 'onjob'): object {
  const owner = successor(company, given.required('new_owner'));
  const failed = given.someTexts('chat_id_list', 100).flatMap((chat_id) => {
    const chat = company.world.groupChats.get(chat_id);
    const errcode = chat && !chat.dismissed ? refusalOf(company, chat, owner.userid, kind) : 90501;
    if (errcode !== 0 || !chat) return [{ chat_id, errcode, errmsg: 'group transfer failed' }];
    const detail = { from: chat.owner, owner: owner.userid };
    rememberShown(company, chat);
    setOwner(company, chat, owner.userid);
    chat.status = kind === 'resigned' ? 3 : chat.status;
    company.ledger.add({ kind: 'group_owner_changed', chat_id, detail }, 'api');
    return [];
  });
  return failed.length > 0 ? { failed_chat_list: failed } : {};
}

/** Per group: 90500 the owner has not left, 90502 has left, 90504 is the owner already, 90508 inherited already. */
function refusalOf(company: Company, chat: GroupChat, newOwner: string, kind: 'resigned' | 'onjob'): number {
  if (chat.owner === newOwner) return 90504;
  const leaver = company.world.findDeparted(chat.owner);
  if (kind === 'onjob') return leaver ? 90502 : 0;
  if (chat.status === 3) return 90508;
  if (!leaver) return 90500;
  return nowOf(company) - (leaver.departed_at ?? 0) > year ? 90500 : 0;
}
