import type { JsonObject } from '../../api/shape';
import { parseJson } from '../../json';
import { fieldsOf, instantOf, isObject } from './fields';
import { type Kind, kinds, type MediaRef } from './kinds';

/** What a message, or something inside one, holds. */
export interface Content {
  /** WeCom's own word for the kind; inside a forwarded conversation without its prefix. */
  type: string;
  /** Whether the kind is one we know; of others `body` is what came. */
  known: boolean;
  body: Record<string, unknown>;
  /** What can be searched, without what is inside. */
  texts: string[];
  media: MediaRef | null;
  items: Item[];
}

/** `path` leads to it from the message: `item[2].item[0]`. */
export interface Item extends Content {
  path: string;
  sent_at: Date | null;
}

export interface Message extends Content {
  msgid: string;
  /** send, recall or switch. */
  action: string;
  /** Null when the message names nobody. */
  from: string | null;
  to: string[];
  chat_id: string | null;
  /** Null when WeCom tells none: then the time it was fetched stands in. */
  sent_at: Date | null;
}

/** Deeper, and more, than people make: who nests on is kept as it came. */
const deepest = 8;
const mostItems = 2000;

/**
 * Reads the text of a message. Whatever is odd inside is kept as it came; only a text that is no JSON object with a
 * msgid is no message.
 * @returns undefined then
 */
export function parseMessage(plain: string): Message | undefined {
  const raw = objectIn(plain);
  if (!raw || typeof raw.msgid !== 'string' || raw.msgid === '') return undefined;
  const head = fieldsOf(raw);
  const switched = raw.action === 'switch';
  const type = head.text('msgtype') || (switched ? 'switch' : 'unknown');
  return {
    msgid: raw.msgid,
    action: head.text('action') || 'send',
    from: head.textOrNull(switched ? 'user' : 'from'),
    to: head.texts('tolist'),
    chat_id: head.textOrNull('roomid'),
    sent_at: instantOf(head.number(switched ? 'time' : 'msgtime')),
    ...(switched ? empty(type) : contentOf(type, raw)),
  };
}

const empty = (type: string): Content => ({ type, known: true, body: {}, texts: [], media: null, items: [] });

function contentOf(type: string, raw: JsonObject): Content {
  const kind = Object.hasOwn(kinds, type) ? kinds[type] : undefined;
  if (!kind) return unread(type, raw);
  const payload = raw[kind.under ?? type];
  // Some kinds were seen with their fields beside the head.
  return read({ type, kind, payload: isObject(payload) ? payload : raw, path: '', budget: { left: mostItems } });
}

/** What we have no reading for is shown as it came. */
const unread = (type: string, raw: JsonObject): Content => ({ ...empty(type), known: false, body: { raw } });

interface Reading {
  type: string;
  kind: Kind;
  payload: JsonObject;
  /** Where it stands; empty for the message itself. */
  path: string;
  budget: { left: number };
  depth?: number;
}

function read({ type, kind, payload, path, budget, depth = 0 }: Reading): Content {
  const fields = fieldsOf(payload);
  const media = kind.media?.(fields) ?? null;
  return {
    type,
    known: true,
    body: kind.body(fields),
    texts: (kind.texts?.(fields) ?? []).filter((text) => text !== ''),
    media: media?.file_id ? media : null,
    items: kind.nested ? itemsOf({ kind, payload, path, budget, depth, type }) : [],
  };
}

function itemsOf({ kind, payload, path, budget, depth = 0 }: Reading): Item[] {
  const { list, type } = kind.nested as NonNullable<Kind['nested']>;
  const under = path === '' ? '' : `${path}.`;
  return fieldsOf(payload)
    .objects(list)
    .map((item, i): Item => {
      const fields = fieldsOf(item);
      const at = { path: `${under}${list}[${i}]`, sent_at: fields.instant('msgtime') };
      return {
        ...at,
        ...itemContent(typeOfItem(fields.text(type)), item, { path: at.path, budget, depth: depth + 1 }),
      };
    });
}

/** Forwarded conversations write `ChatRecordText` for `text`. */
const typeOfItem = (type: string): string => type.replace(/^ChatRecord/, '').toLowerCase() || 'chatrecord';

function itemContent(type: string, item: JsonObject, at: Pick<Reading, 'path' | 'budget' | 'depth'>): Content {
  const kind = Object.hasOwn(kinds, type) ? kinds[type] : undefined;
  const payload = payloadOf(item.content);
  const stops = at.budget.left-- <= 0 || (at.depth ?? 0) > deepest;
  if (!kind || !payload || stops) return unread(type, item);
  return read({ type, kind, payload, ...at });
}

/** The content of a nested message: JSON inside a text, and now and then JSON itself. */
const payloadOf = (content: unknown): JsonObject | undefined =>
  typeof content === 'string' ? objectIn(content) : isObject(content) ? content : undefined;

function objectIn(text: string): JsonObject | undefined {
  try {
    const value = parseJson(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** A message, or something inside one, and where it stands: nowhere for the message itself. */
export type Part = Omit<Content, 'items'> & { path: string };

/** The message and everything inside it, outside in. */
export function everything({ items, type, known, body, texts, media, path = '' }: Content & { path?: string }): Part[] {
  const own = { path, type, known, body, texts, media };
  return items.length === 0 ? [own] : [own, ...items.flatMap((item) => everything(item))];
}
