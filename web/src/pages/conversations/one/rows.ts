import type { ArchivedMessage, Conversation } from '../../../api';
import { personKind } from '../../../lib/person';
import { dayOf } from '../../../lib/time';

/** What stands in a conversation, one below the other. */
export type Row =
  | { key: string; kind: 'edge'; edge: 'earlier' | 'later' }
  | { key: string; kind: 'day'; at: string }
  | { key: string; kind: 'message'; message: ArchivedMessage; leads: boolean };

/** Messages of one person close together show name and picture once. */
const togetherMs = 5 * 60_000;

export const messageKey = (id: string): string => `m:${id}`;

/** Messages come oldest first; days are those of the reader's zone. */
export function rowsOf(messages: readonly ArchivedMessage[]): Row[] {
  const rows: Row[] = [{ key: 'earlier', kind: 'edge', edge: 'earlier' }];
  let last: ArchivedMessage | undefined;
  for (const message of messages) {
    const newDay = !last || dayOfMessage(last) !== dayOfMessage(message);
    if (newDay) rows.push({ key: `d:${message.id}`, kind: 'day', at: message.sent_at });
    rows.push({ key: messageKey(message.id), kind: 'message', message, leads: newDay || !follows(message, last) });
    last = message;
  }
  rows.push({ key: 'later', kind: 'edge', edge: 'later' });
  return rows;
}

const days = new WeakMap<ArchivedMessage, string>();

/** Asked of every message again with every piece that is read, and worth remembering. */
function dayOfMessage(message: ArchivedMessage): string {
  const known = days.get(message);
  if (known !== undefined) return known;
  const day = dayOf(message.sent_at);
  days.set(message, day);
  return day;
}

function follows(message: ArchivedMessage, last: ArchivedMessage | undefined): boolean {
  if (!last || last.from !== message.from || isEvent(last)) return false;
  return Date.parse(message.sent_at) - Date.parse(last.sent_at) < togetherMs;
}

const events = ['revoke', 'agree', 'disagree', 'switch'];

/** Nothing somebody said, but something that happened: it stands in the middle. */
export const isEvent = ({ type, state }: Pick<ArchivedMessage, 'type' | 'state'>): boolean =>
  state === 'stored' && events.includes(type);

/** Whose conversation it is, as far as it decides who stands where. */
export type Sides = Pick<Conversation, 'userid' | 'peer_userid'>;

/** Ours stand at the right; between colleagues the one whom the conversation names first does. */
export function isOurs({ from }: Pick<ArchivedMessage, 'from'>, conversation: Sides): boolean {
  if (from === null || personKind(from) !== 'staff') return false;
  return conversation.peer_userid === null || from === conversation.userid;
}

const tall: Readonly<Record<string, number>> = {
  image: 200,
  emotion: 140,
  video: 240,
  link: 130,
  news: 200,
  meeting: 180,
};

/** How high a row may be before it was drawn, in pixels. */
export function estimateOf(row: Row | undefined): number {
  if (row?.kind !== 'message') return 44;
  const { message, leads } = row;
  const lines = Math.min(20, Math.ceil(message.text.length / 36) || 1);
  return (tall[message.type] ?? 24 + lines * 22) + (leads ? 26 : 4);
}
