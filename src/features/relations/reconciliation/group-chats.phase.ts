import { chunksOf } from '../../../core/collections';
import { type GroupChat, type GroupChatRef, isErrcode, pages } from '../../../wecom';
import { isSuspiciousShrink, type Phase, type PhaseContext, type PhaseDeps } from './phase';

const chatsPerSave = 20;
/** WeCom guards against too many calls at once; a handful suffices to hide the way there and back. */
const readsAtOnce = 3;

/** A group as it was read; null when there is none. */
interface Shown {
  ref: GroupChatRef;
  chat: GroupChat | null;
  readAt: Date;
}

/** Every group chat of a visible owner, leavers' included, with its members. */
export function groupChatsPhase({ db, wecom, staff, groupChats }: PhaseDeps): Phase {
  const api = wecom.groupChats;

  async function run(context: PhaseContext): Promise<void> {
    const listed = await listAll(context);
    const left = [...listed.values()]
      .sort((a, b) => (a.chat_id < b.chat_id ? -1 : 1))
      .filter((chat) => context.after === null || chat.chat_id > context.after);
    for (const chunk of chunksOf(left, chatsPerSave)) {
      const shown = await readChunk(context, chunk);
      await context.save(
        () => mirrorAll(context, shown),
        () => ({ after: chunk.at(-1)?.chat_id ?? null }),
      );
    }
    await settleMissing(context, listed);
  }

  async function readChunk(context: PhaseContext, chunk: GroupChatRef[]): Promise<Shown[]> {
    const shown: Shown[] = [];
    for (const some of chunksOf(chunk, readsAtOnce)) {
      const readAt = db.now();
      const chats = await Promise.all(some.map((ref) => api.get(ref.chat_id, context.calls)));
      some.forEach((ref, i) => {
        shown.push({ ref, chat: chats[i] ?? null, readAt });
      });
    }
    return shown;
  }

  /** A group that an event has changed since its read began is left alone: the event was faster. */
  async function mirrorAll(context: PhaseContext, shown: Shown[]): Promise<void> {
    const known = await groupChats.store.chats(shown.map(({ ref }) => ref.chat_id));
    const changedAt = new Map(known.map((row) => [row.chat_id, row.updated_at]));
    for (const { ref, chat, readAt } of shown) {
      const isOutrun = (changedAt.get(ref.chat_id) ?? readAt) > readAt;
      if (chat && !isOutrun) await mirror(context, { chat, status: ref.status, readAt });
    }
  }

  async function mirror(
    context: PhaseContext,
    { chat, status, readAt }: { chat: GroupChat; status: number | undefined; readAt: Date },
  ): Promise<void> {
    context.counts.seen += 1;
    for (const change of await groupChats.mirror(chat, status, context.origin(readAt))) {
      if (change.kind === 'group_chat_appeared') context.counts.added += 1;
      else context.counts.changed += 1;
      context.report({ kind: change.kind, chatId: change.chatId, state: 'applied', detail: change.detail });
    }
  }

  /** Without an owner filter where WeCom allows it; a leaver's groups only when the leaver is named (path/92120). */
  async function listAll(context: PhaseContext): Promise<Map<string, GroupChatRef>> {
    const listed = new Map<string, GroupChatRef>();
    const members = await staff.store.all();
    try {
      await listInto(context, listed, undefined);
    } catch (error) {
      if (!isErrcode(error, [81017])) throw error;
      const owners = members.filter((row) => row.departed_at === null).map((row) => row.userid);
      for (const chunk of chunksOf(owners, 100)) await listInto(context, listed, chunk);
    }
    const leavers = members.filter((row) => row.departed_at !== null).map((row) => row.userid);
    for (const chunk of chunksOf(leavers, 100)) await listInto(context, listed, chunk);
    return listed;
  }

  async function listInto(
    context: PhaseContext,
    listed: Map<string, GroupChatRef>,
    owner_userids: string[] | undefined,
  ): Promise<void> {
    const fetchPage = (cursor: string | undefined) => api.list({ owner_userids, cursor }, context.calls);
    for await (const page of pages(fetchPage)) for (const ref of page.items) listed.set(ref.chat_id, ref);
  }

  /** A group that no list holds is asked for by its id: only WeCom's word that there is none counts. */
  async function settleMissing(context: PhaseContext, listed: Map<string, GroupChatRef>): Promise<void> {
    const held = await groupChats.activeIds();
    const absent = held.filter((id) => !listed.has(id));
    if (isSuspiciousShrink(absent.length, held.length)) {
      const detail = { vanished: absent.length, held: held.length };
      await context.save(async () => {
        context.counts.vanished += absent.length;
        context.report({ kind: 'group_chats_shrank', state: 'held', explanation: 'scope_changed', detail });
      });
      return;
    }
    const shown = await readChunk(
      context,
      absent.map((chat_id) => ({ chat_id, status: 0 })),
    );
    await context.save(async () => {
      const gone = shown.filter(({ chat }) => chat === null).map(({ ref }) => ref.chat_id);
      for (const { chat, readAt } of shown) if (chat) await mirror(context, { chat, status: undefined, readAt });
      await groupChats.markMissing(gone, context.origin());
      context.counts.vanished += gone.length;
      for (const chatId of gone) {
        context.report({ kind: 'group_chat_missing', chatId, state: 'applied', detail: { after: 'missing' } });
      }
    });
  }

  return { name: 'group_chats', run };
}
