import { randomBytes } from 'node:crypto';
import { Agent, request } from 'undici';
import { type Clock, seconds, sleep, toUnix } from '../../core/clock';
import { sha256 } from '../../core/ids';
import { createCallbackCrypto } from '../../wecom/crypto';
import type { OutgoingEvent } from '../company';
import type { Faults } from '../faults';
import type { Ledger } from '../ledger';
import type { SandboxApp, SandboxAppSettings } from '../settings';
import { createQueue } from './queue';
import { renderXml } from './xml';

export interface SenderOptions {
  corpId: string;
  agentId: number;
  apps: Record<SandboxApp, SandboxAppSettings>;
  clock: Clock;
  ledger: Ledger;
  faults: Faults;
  /** Callbacks on the wire at once. Default 16. */
  concurrency?: number | undefined;
  /** Pause before a repetition, ms. Default 200. */
  retryDelayMs?: number | undefined;
}

export interface Receipt {
  /** Undefined when no answer came in three tries. */
  status: number | undefined;
  body: string;
  tries: number;
  ms: number;
}

/** What WeCom waits for an answer, and how often it tries in all. */
const patience = seconds(5);
const maxTries = 3;

export type CallbackSender = ReturnType<typeof createSender>;

/** Sends callbacks as WeCom does: encrypted, signed, 5 s patience, repeated only when nobody answered, three times in all. */
export function createSender(options: SenderOptions) {
  const { ledger, faults } = options;
  const agent = new Agent({ connections: options.concurrency ?? 16, connect: { timeout: patience } });
  const seal = createSealer(options);
  const queue = createQueue(options.concurrency ?? 16);
  let base: string | undefined;

  const addressOf = (receiver: SandboxApp): string => {
    if (!base) throw new Error('Nobody to deliver to: call deliverTo first');
    return `${base}/callbacks/wecom/${receiver}`;
  };

  /** One try; throws when no answer came. */
  async function post(receiver: SandboxApp, xml: string, broken: boolean): Promise<{ status: number; body: string }> {
    const { query, body } = seal(receiver, xml, broken);
    const answer = await request(`${addressOf(receiver)}?${query}`, {
      method: 'POST',
      headers: { 'content-type': 'text/xml' },
      body,
      dispatcher: agent,
      signal: AbortSignal.timeout(patience),
    });
    return { status: answer.statusCode, body: await answer.body.text() };
  }

  /** Up to three tries; undefined when nobody ever answered. */
  async function persist(receiver: SandboxApp, xml: string, broken: boolean) {
    for (let tries = 1; tries <= maxTries; tries += 1) {
      if (tries > 1) await sleep(options.retryDelayMs ?? 200);
      const answer = await post(receiver, xml, broken).catch(() => undefined);
      if (answer) return { ...answer, tries };
    }
    return { status: undefined, body: '', tries: maxTries };
  }

  async function deliver(receiver: SandboxApp, xml: string, broken = false): Promise<Receipt> {
    const started = performance.now();
    const delivery = { at: options.clock.now(), receiver, digest: sha256(xml), xml };
    ledger.delivered.push(delivery);
    const answer = await persist(receiver, xml, broken);
    if (answer.status === 200) ledger.acknowledged.push({ ...delivery, at: options.clock.now() });
    return { ...answer, ms: performance.now() - started };
  }

  function dispatch({ receiver, event, xml, onLost }: OutgoingEvent): void {
    const wait = faults.delay('shuffle', event);
    const broken = faults.strikes('corruptSignature', event);
    queue.add(async () => {
      const receipt = await deliver(receiver, xml, broken);
      if (receipt.status !== 200) onLost();
    }, wait);
  }

  return {
    /** Where the product listens, without a trailing path; undefined: nobody is told any more. */
    deliverTo(url: string | undefined): void {
      base = url?.replace(/\/+$/, '');
    },
    /** Queues a callback. False when there is nobody to tell or it was dropped. */
    send(event: OutgoingEvent): boolean {
      if (!base || faults.strikes('drop', event.event)) return false;
      dispatch(event);
      if (faults.strikes('duplicate', event.event)) dispatch({ ...event, onLost: () => undefined });
      return true;
    },
    /** Sends any plaintext at once and returns what was answered; callback faults do not apply. */
    sendRaw: (receiver: SandboxApp, xml: string): Promise<Receipt> => deliver(receiver, xml),
    /** The URL check of the console (GET): ok when the plaintext came back bare. */
    async verifyUrl(receiver: SandboxApp): Promise<Receipt & { ok: boolean }> {
      const echo = String(toUnix(options.clock.now())) + randomBytes(4).readUInt32BE();
      const started = performance.now();
      const { query, encrypt } = seal(receiver, echo, false);
      query.set('echostr', encrypt);
      const answer = await request(`${addressOf(receiver)}?${query}`, {
        dispatcher: agent,
        signal: AbortSignal.timeout(patience),
      });
      const body = await answer.body.text();
      const ok = answer.statusCode === 200 && body === echo;
      return { ok, status: answer.statusCode, body, tries: 1, ms: performance.now() - started };
    },
    /** Resolves when nothing is queued, delayed or on the wire. */
    idle: queue.idle,
    /** Forgets what is queued and closes the connections. */
    async close(): Promise<void> {
      queue.clear();
      await agent.destroy();
    },
  };
}

/** Encrypts and signs for a receiver. A broken one carries a signature that does not fit. */
function createSealer({ corpId, agentId, apps, clock }: SenderOptions) {
  const crypto = (app: SandboxApp) =>
    createCallbackCrypto({ token: apps[app].callbackToken, aesKey: apps[app].callbackAesKey, receiveId: corpId });
  const cryptos = { agent: crypto('agent'), contacts: crypto('contacts'), archive: crypto('archive') };
  return (receiver: SandboxApp, plaintext: string, broken: boolean) => {
    const timestamp = String(toUnix(clock.now()));
    const nonce = String(randomBytes(5).readUIntBE(0, 5));
    const encrypt = cryptos[receiver].encrypt(plaintext);
    const signature = cryptos[receiver].sign({ timestamp, nonce, encrypt: broken ? `${encrypt}x` : encrypt });
    const query = new URLSearchParams({ msg_signature: signature, timestamp, nonce });
    const body = renderXml([
      ['ToUserName', corpId],
      ['AgentID', receiver === 'agent' ? String(agentId) : ''],
      ['Encrypt', encrypt],
    ]);
    return { query, encrypt, body };
  };
}
