import { createHmac, randomBytes } from 'node:crypto';
import { toUnix } from '../../../core/clock';

const prefix = 'whsec_';

/** 256 random bits, as Standard Webhooks spell a symmetric secret. */
export const newSecret = (): string => `${prefix}${randomBytes(32).toString('base64')}`;

interface Message {
  id: string;
  at: Date;
  body: string;
}

/**
 * The headers of a message (Standard Webhooks 1.0): one signature for every secret that counts now, over
 * `id.timestamp.body`. The time is that of the try, so that a receiver may refuse old copies.
 */
export function signedHeaders({ id, at, body }: Message, secrets: readonly string[]): Record<string, string> {
  const timestamp = String(toUnix(at));
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(prefix.length), 'base64');
    return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
  });
  return {
    'content-type': 'application/json',
    'user-agent': 'wecom-scrm-webhooks',
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': signatures.join(' '),
  };
}
