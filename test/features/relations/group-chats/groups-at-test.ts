import { createDomainEvents } from '../../../../src/features/kernel/events';
import { createScopes } from '../../../../src/features/kernel/scope';
import {
  createGroupChatService,
  type GroupChatUpdate,
} from '../../../../src/features/relations/group-chats/group-chats.service';
import { createGroupChatViews } from '../../../../src/features/relations/group-chats/group-chats.views';
import type { GroupChat } from '../../../../src/wecom';
import { openTestDatabase } from '../../../support/database';
import { vaultAtTest } from '../../../support/vault';
import { head } from '../../../support/viewers';
import { movableClock } from '../../kernel/support';
import { aChat, aMember, FakeGroups, second } from './fake-groups';

export type GroupsAtTest = Awaited<ReturnType<typeof openGroups>>;

/** The service on a database of its own, beside a WeCom that holds what the test puts there. It is second 60. */
export async function openGroups() {
  const clock = movableClock(second(60));
  const { db, close } = await openTestDatabase([], clock);
  const fake = new FakeGroups();
  /** Pauses between two reads, in milliseconds. */
  const waits: number[] = [];
  /** Staff userids that were made known. */
  const made = new Set<string>();
  const groups = createGroupChatService({
    db,
    wecom: { groupChats: fake },
    staff: {
      async resolve(userids) {
        for (const userid of userids) made.add(userid);
        return new Map();
      },
    },
    vault: vaultAtTest,
    erasedOf: async () => new Set<string>(),
    events: createDomainEvents(),
    wait: async (ms) => {
      waits.push(ms);
    },
  });
  const views = createGroupChatViews({ db, scopes: createScopes(db), vault: vaultAtTest });
  const origin = () => ({ source: 'sync' as const, ref: 'run-1', at: db.now() });
  const historyOf = async (chatId: string) => (await views.history(chatId, { limit: 200 }, head)).items.reverse();
  return {
    ...{ clock, db, close, fake, waits, made, groups, views, origin, historyOf },
    mirror: (chat: GroupChat, status?: number) => db.transact(() => groups.mirror(chat, status, origin())),
    react: async (read: Promise<() => Promise<void>>) => db.transact(await read),
    /** Of the group `wrA`, which most tests are about. */
    detail: () => views.get('wrA', head),
    memberIds: async () => (await views.get('wrA', head)).members.map((m) => m.userid).sort(),
    history: () => historyOf('wrA'),
    kinds: async () => (await historyOf('wrA')).map((line) => line.kind),
  };
}

/** News of `wrA`. */
export const event = (at: Date, more: Partial<GroupChatUpdate> = {}): GroupChatUpdate => ({
  chat_id: 'wrA',
  at,
  stale: false,
  ref: `e${at.getTime()}`,
  members: [],
  ...more,
});

/** `wrA` with these members. */
export const withMembers = (...userids: string[]): GroupChat =>
  aChat(
    'wrA',
    userids.map((userid) => aMember(userid)),
  );
