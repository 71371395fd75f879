import { createHash } from 'node:crypto';
import { fromUnix, minutes } from '../../../core/clock';
import type { Vault } from '../../../core/vault';
import type { WecomAppName } from '../../../wecom';
import { CallbackRefused } from '../../../wecom/errors';
import { parseXml, type XmlObject, type XmlValue } from '../../../wecom/xml';

/** A callback that was verified and decrypted, ready to be stored. */
export interface NewInboxEvent {
  digest: string;
  receiver: WecomAppName;
  event: string;
  change_type: string;
  userid: string | null;
  external_userid: string | null;
  chat_id: string | null;
  stale: boolean;
  occurred_at: Date;
  received_at: Date;
  /** Sealed. */
  body: string;
  /** Why the message inside could not be read; it is kept all the same. */
  error: string | null;
  urgent: boolean;
}

/** Clocks that differ by more than this make a delivery stale (S2). */
export const staleAfterMs = minutes(10);

/** Where a sealed body stands: bound to its own digest, as the row's number is not known yet. */
export const bodyPlace = (digest: string) => ({ table: 'inbox_event', column: 'body', id: digest });

export interface Delivery {
  receiver: WecomAppName;
  plaintext: string;
  /** The `timestamp` of the delivery, seconds. */
  timestamp: number;
  receivedAt: Date;
}

/** What is known of an event before anyone handles it. Whatever is inside, nothing is refused here. */
export function toInboxEvent(delivery: Delivery, vault: Vault): NewInboxEvent {
  const { receiver, plaintext, timestamp, receivedAt } = delivery;
  const digest = createHash('sha256').update(`${receiver}\n${plaintext}`).digest('base64url');
  const message = readMessage(plaintext);
  const fields = message ?? {};
  return {
    digest,
    receiver,
    ...namesOf(fields),
    userid: text(fields.UserID) ?? actingStaff(fields),
    external_userid: text(fields.ExternalUserID),
    chat_id: text(fields.ChatId),
    stale: Math.abs(receivedAt.getTime() - timestamp * 1000) > staleAfterMs,
    occurred_at: instantOf(fields.CreateTime, receivedAt),
    received_at: receivedAt,
    body: vault.seal(plaintext, bodyPlace(digest)),
    error: message ? null : 'the message is not XML that can be read',
    urgent: text(fields.WelcomeCode) !== null,
  };
}

/** The message inside a callback; undefined when it is not XML. */
export function readMessage(plaintext: string): XmlObject | undefined {
  try {
    return parseXml(plaintext);
  } catch (error) {
    if (error instanceof CallbackRefused) return undefined;
    throw error;
  }
}

type Subject = Pick<NewInboxEvent, 'digest' | 'event' | 'userid' | 'external_userid' | 'chat_id'>;

/** Events that concern one person or group are handled one after another (I5). */
export function serialKeyOf(event: Subject): string {
  if (event.external_userid) return `x:${event.external_userid}`;
  if (event.chat_id) return `g:${event.chat_id}`;
  if (event.event === 'change_external_tag') return 'corp-tags';
  if (event.event === 'change_contact') return 'directory';
  return event.userid ? `s:${event.userid}` : `i:${event.digest}`;
}

/** Messages to the app have no Event: they go by their type. */
function namesOf(fields: XmlObject): { event: string; change_type: string } {
  const event = text(fields.Event);
  if (event) return { event: cut(event), change_type: cut(text(fields.ChangeType) ?? '') };
  return { event: 'message', change_type: cut(text(fields.MsgType) ?? '') };
}

const actingStaff = (fields: XmlObject): string | null => {
  const from = text(fields.FromUserName);
  return from === 'sys' ? null : from;
};

const text = (value: XmlValue | undefined): string | null =>
  typeof value === 'string' && value !== '' && value.length <= 64 ? value : null;

const cut = (name: string): string => name.slice(0, 64);

function instantOf(value: XmlValue | undefined, fallback: Date): Date {
  const at = typeof value === 'string' ? Number(value) : Number.NaN;
  return Number.isInteger(at) && at > 0 && at < 4_102_444_800 ? fromUnix(at) : fallback;
}
