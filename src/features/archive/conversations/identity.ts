import { hash } from 'node:crypto';
import { type Message, personKind } from '../../../wecom/archive/messages';
import type { ArchiveConversation } from './conversations.entity';

/** The thread a message belongs to. */
export type Identity = Pick<
  ArchiveConversation,
  'id' | 'kind' | 'userid' | 'external_userid' | 'peer_userid' | 'chat_id'
>;

/** Who takes part, as far as the message names them. */
export const personsOf = ({ from, to }: Pick<Message, 'from' | 'to'>): string[] => [
  ...new Set([...(from === null ? [] : [from]), ...to]),
];

const idOf = (parts: string[]): string => hash('sha256', JSON.stringify(parts), 'base64url').slice(0, 32);

type Thread = Pick<Message, 'from' | 'to' | 'chat_id'>;

/** Those asked for last: few threads have most of the messages. */
const known = new Map<string, Identity>();
const mostKnown = 20_000;

/** A group chat is one thread; so is everything between the same people outside of groups. */
export function identityOf({ from, to, chat_id }: Thread): Identity {
  const name = JSON.stringify(chat_id === null ? [from, ...to] : { chat_id });
  const held = known.get(name);
  if (held) return held;
  if (known.size >= mostKnown) known.clear();
  const made = newIdentity({ from, to, chat_id });
  known.set(name, made);
  return made;
}

/** Ids that WeCom spells are short; what is longer is nobody's. */
export const cutId = (text: string): string => text.slice(0, 64);

function newIdentity(message: Thread): Identity {
  const nobody = { userid: null, external_userid: null, peer_userid: null };
  const { chat_id } = message;
  if (chat_id !== null) return { id: idOf(['group', chat_id]), kind: 'group', chat_id: cutId(chat_id), ...nobody };
  const persons = personsOf(message).sort();
  const named = persons.map(cutId);
  const [userid = null, peer_userid = null] = named.filter((person) => personKind(person) === 'staff');
  const external_userid = named.find((person) => personKind(person) !== 'staff') ?? null;
  return { id: idOf(['single', ...persons]), kind: 'single', chat_id, userid, external_userid, peer_userid };
}
