import { plainSeq } from '../../../core/seq';
import { iso } from '../../../http/schema';
import { type Content, everything, type Item, type MediaRef, type Message } from '../../../wecom/archive/messages';
import type { MediaView, MessageView } from './conversations.schema';
import type { StoredMessage } from './reader';

/** What is known of the files of some messages, by message and by where in it they stand. */
export interface MediaLookup {
  of(messages: readonly StoredMessage[]): Promise<(messageId: number, path: string) => Partial<MediaView> | undefined>;
}

/** Names of people, by id; who is not there has none. */
export type Names = ReadonlyMap<string, string>;

type MediaOf = Awaited<ReturnType<MediaLookup['of']>>;

const notFetched = {
  ...({ state: 'pending', fault: null, sha256: null, type: null, url: null } as const),
  ...{ thumbnail_url: null, audio_url: null, qr: [] },
};

/** All that can be read in a message, outside in. */
export const textsOf = (content: Content): string[] => [...everything(content)].flatMap(({ texts }) => texts);

export function messageView(stored: StoredMessage, names: Names, mediaOf: MediaOf): MessageView {
  const { id, opened, recalled_by } = stored;
  return {
    ...{ id: String(id), seq: plainSeq(stored.seq), msgid: stored.msgid, conversation_id: stored.conversation_id },
    ...{ action: stored.action, type: stored.type, sent_at: iso(stored.sent_at) },
    from: stored.sender || null,
    from_name: names.get(stored.sender) ?? null,
    ...(opened ? contentView(id, opened.message, mediaOf) : nothing),
    recalls: stored.recalls === null ? null : String(stored.recalls),
    recalled_by: recalled_by && {
      ...{ id: String(recalled_by.id), from: recalled_by.sender, sent_at: iso(recalled_by.sent_at) },
    },
    state: opened ? 'stored' : 'purged',
  };
}

/** What is left of a message that was purged. */
const nothing = { known: true, to: [], chat_id: null, text: '', body: {}, items: [], media: [] };

const contentView = (id: number, message: Message, mediaOf: MediaOf) => ({
  ...{ known: message.known, to: message.to, chat_id: message.chat_id, body: message.body },
  text: textsOf(message).join('\n'),
  items: message.items.map(itemView),
  media: mediaViews(id, message, mediaOf),
});

interface ItemView {
  path: string;
  type: string;
  sent_at: string | null;
  body: Record<string, unknown>;
  items: ItemView[];
}

const itemView = ({ path, type, sent_at, body, items }: Item): ItemView => ({
  ...{ path, type, sent_at: sent_at && iso(sent_at), body, items: items.map(itemView) },
});

const mediaViews = (id: number, content: Content, mediaOf: MediaOf): MediaView[] =>
  [...everything(content)].flatMap(({ path, media }) =>
    media ? [{ ...notFetched, ...told(media), path, ...mediaOf(id, path) }] : [],
  );

const told = ({ name, size }: MediaRef) => ({ name, size });
