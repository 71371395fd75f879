import type { IncomingMessage } from 'node:http';
import type { Context, Middleware } from 'koa';
import type { Config, WecomApp, WecomAppName } from '../../../../config';
import type { Clock } from '../../../core/clock';
import { failpoint } from '../../../core/failpoints';
import type { Logger } from '../../../core/logger';
import type { Vault } from '../../../core/vault';
import { type CallbackCrypto, createCallbackCrypto } from '../../../wecom/crypto';
import { CallbackRefused } from '../../../wecom/errors';
import { parseEnvelope } from '../../../wecom/xml';
import { staleAfterMs, toInboxEvent } from './arrival';
import type { InboxWriter } from './writer';

const path = /^\/callbacks\/wecom\/(agent|contacts|archive)$/;
const mostBytes = 256 * 1024;

export type CallbackOutcome = 'accepted' | 'verified' | 'refused' | 'not_durable';

interface Deps {
  config: Pick<Config, 'wecom' | 'strictCallbackTime'>;
  /** The settings of an application as they are now, the same object until one changes; else those of `config`. */
  appOf?: (name: WecomAppName) => WecomApp;
  /** Of the company as it is now; else that of `config`. */
  corpId?: () => string;
  /** Told of every address check that was answered, with what it asked to hear. */
  verified?: (receiver: WecomAppName, echo: string) => Promise<void>;
  vault: Vault;
  clock: Clock;
  writer: Pick<InboxWriter, 'accept'>;
  logger: Logger;
  count(receiver: WecomAppName, outcome: CallbackOutcome): void;
}

/**
 * The three WeCom receivers (design 5.3): GET proves the address, POST delivers. A callback is acknowledged when it
 * is durable and not before; whatever is wrong with it, the sender learns nothing but a status (S1).
 */
export function createReceiver(deps: Deps): Middleware {
  const { count } = deps;
  const cryptoOf = keptCryptos(deps);

  async function receive(ctx: Context, name: WecomAppName): Promise<void> {
    const crypto = cryptoOf(name);
    if (!crypto) return plain(ctx, 404, 'not configured');
    if (ctx.method !== 'GET' && ctx.method !== 'POST') return plain(ctx, 405, 'method not allowed');
    try {
      if (ctx.method === 'GET') verifyAddress(ctx, crypto, (echo) => tellVerified(deps, name, echo));
      else await deliver(ctx, { name, crypto, ...deps });
      count(name, ctx.method === 'GET' ? 'verified' : 'accepted');
    } catch (error) {
      refuse(ctx, error, name, deps);
    }
  }

  return (ctx, next) => {
    const name = path.exec(ctx.path)?.[1] as WecomAppName | undefined;
    return name ? receive(ctx, name) : next();
  };
}

/** The crypto of each receiver, made anew when its settings changed; undefined where token or key is missing. */
function keptCryptos({ config, appOf = (name) => config.wecom.apps[name], corpId = () => config.wecom.corpId }: Deps) {
  const kept = new Map<WecomAppName, { app: WecomApp; receiveId: string; crypto: CallbackCrypto | undefined }>();
  return (name: WecomAppName): CallbackCrypto | undefined => {
    const app = appOf(name);
    const known = kept.get(name);
    const receiveId = corpId();
    if (known?.app === app && known.receiveId === receiveId) return known.crypto;
    const { callbackToken: token, callbackAesKey: aesKey } = app;
    const crypto = token && aesKey && receiveId ? createCallbackCrypto({ token, aesKey, receiveId }) : undefined;
    kept.set(name, { app, receiveId, crypto });
    return crypto;
  };
}

/** Answers the bare plaintext: no quotes, no newline. A `+` may have become a blank on the way (path/90930). */
function verifyAddress(ctx: Context, crypto: CallbackCrypto, told: (echo: string) => void): void {
  const encrypt = one(ctx, 'echostr').replaceAll(' ', '+');
  crypto.verify({ ...signed(ctx), encrypt });
  const echo = crypto.decrypt(encrypt);
  plain(ctx, 200, echo);
  told(echo);
}

/** Beside the answer: WeCom waits a second for that, and the note can be missed. */
function tellVerified({ verified, logger }: Deps, name: WecomAppName, echo: string): void {
  verified?.(name, echo).catch((error: unknown) => {
    logger.warn('that WeCom checked a callback address could not be noted', { receiver: name, error });
  });
}

async function deliver(ctx: Context, deps: Deps & { name: WecomAppName; crypto: CallbackCrypto }): Promise<void> {
  const { name, crypto, vault, clock, config, writer } = deps;
  const { encrypt } = parseEnvelope(await readBody(ctx.req));
  const parts = signed(ctx);
  crypto.verify({ ...parts, encrypt });
  const plaintext = crypto.decrypt(encrypt);
  const receivedAt = clock.now();
  const timestamp = Number(parts.timestamp);
  const off = Math.abs(receivedAt.getTime() - timestamp * 1000) > staleAfterMs;
  if (off && config.strictCallbackTime) throw new CallbackRefused('time stamp');
  failpoint('inbox.received');
  await accept(writer, toInboxEvent({ receiver: name, plaintext, timestamp, receivedAt }, vault));
  plain(ctx, 200, 'success');
}

/** Marks a failure to store apart from a refusal: it must not be answered at all. */
class NotDurable extends Error {}

async function accept(writer: Deps['writer'], event: Parameters<InboxWriter['accept']>[0]): Promise<void> {
  try {
    await writer.accept(event);
  } catch (cause) {
    throw new NotDurable('not durable', { cause });
  }
}

function refuse(ctx: Context, error: unknown, name: WecomAppName, { count, logger }: Deps): void {
  if (error instanceof CallbackRefused) {
    count(name, 'refused');
    logger.debug('callback refused', { receiver: name, reason: error.reason, address: ctx.ip });
    plain(ctx, error.reason === 'signature' ? 403 : 400, 'refused');
    return;
  }
  count(name, 'not_durable');
  logger.error('a callback could not be stored and was not acknowledged', { receiver: name, error });
  // WeCom documents retries for a lost connection and a time-out only, so there is no answer (I3).
  ctx.respond = false;
  ctx.req.socket.destroy();
}

function plain(ctx: Context, status: number, text: string): void {
  ctx.status = status;
  ctx.type = 'text/plain';
  ctx.body = text;
}

const signed = (ctx: Context) => ({
  signature: one(ctx, 'msg_signature'),
  timestamp: one(ctx, 'timestamp'),
  nonce: one(ctx, 'nonce'),
});

function one(ctx: Context, name: string): string {
  const value = ctx.query[name];
  if (typeof value !== 'string' || value === '') throw new CallbackRefused(`${name} is missing`);
  return value;
}

async function readBody(req: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of req.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > mostBytes) break;
    chunks.push(chunk);
  }
  if (bytes > mostBytes) {
    // What is still on its way runs past, or the sender would lose the connection before it has the answer.
    req.resume();
    throw new CallbackRefused('too large');
  }
  return Buffer.concat(chunks).toString('utf8');
}
