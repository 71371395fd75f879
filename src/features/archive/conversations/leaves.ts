import { hash } from 'node:crypto';
import { freshBytes } from '../../../core/random';
import { instantText } from '../../../db/database';
import type { ArchiveMessage } from './conversations.entity';

/** What the chain fixes of a message, as its row has it. */
export type Proven = Omit<ArchiveMessage, 'batch_id'>;

/** Every column of the row, and by `content` its text. */
export const fieldsOfMessage = (row: Proven): (string | number | boolean | null)[] => [
  ...['message', 1, Number(row.id), row.seq, row.msgid, row.conversation_id, row.sender, row.action, row.type],
  ...[instantText(row.sent_at), row.recalls, Boolean(row.has_media), row.content],
];

/** The leaf of a message. The leading byte keeps it from passing for anything else that is hashed (chain.ts, merkle.ts). */
export const leafOfMessage = (row: Proven): string => hash('sha256', `\u0000${JSON.stringify(fieldsOfMessage(row))}`);

const saltLength = 22;

/** Text and salt as they are sealed. A salt keeps a short text from being guessed by its hash once it was purged. */
export const salted = (plain: string): string => freshBytes(16).toString('base64url') + plain;
export const contentOf = (saltedText: string): string => hash('sha256', saltedText);
export const plainIn = (saltedText: string): string => saltedText.slice(saltLength);
