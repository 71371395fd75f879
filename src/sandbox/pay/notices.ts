import { randomUUID } from 'node:crypto';
import { Agent, request } from 'undici';
import { minutes, seconds, sleep } from '../../core/clock';
import { createQueue } from '../callbacks/queue';
import type { SandboxClock } from '../clock';
import type { Faults } from '../faults';
import { bankKeys } from './keys';
import { type SignedHeaders, sealedResource, signedHeaders } from './wire';

/** What the merchant is to be told. */
export interface Notice {
  event: string;
  summary: string;
  /** As the order names it. */
  url: string;
  type: 'transaction' | 'refund';
  contents: object;
}

/** Ways to lie to the merchant. `replay` sends the very bytes and headers of the last notice that was delivered. */
export const payAttacks = [
  'flipped_amount',
  'wrong_associated_data',
  'bad_tag',
  'old_timestamp',
  'future_timestamp',
  'unknown_serial',
  'other_merchant',
  'bad_signature',
  'probe',
  'replay',
] as const;
export type PayAttack = (typeof payAttacks)[number];

interface Message {
  url: string;
  headers: SignedHeaders;
  body: string;
}

export interface NoticeReceipt {
  event: string;
  status: number | undefined;
}

const patience = seconds(5);
const maxTries = 3;

export type PayNotices = ReturnType<typeof createPayNotices>;

/** Tells the merchant as WeChat Pay does: sealed, signed, repeated until somebody answers 2xx, three times in all. */
export function createPayNotices({ clock, faults }: { clock: SandboxClock; faults: Faults }) {
  const agent = new Agent({ connect: { timeout: patience } });
  const queue = createQueue(16);
  const delivered: NoticeReceipt[] = [];
  const serials = Object.keys(bankKeys);
  let sent = 0;
  let last: Message | undefined;

  /** Both kinds of key take turns, as while a merchant changes from one to the other. */
  function messageOf(notice: Notice, id: string, at = clock.now()): Message {
    const body = JSON.stringify({
      ...{ id, create_time: at.toISOString(), event_type: notice.event, resource_type: 'encrypt-resource' },
      ...{ summary: notice.summary, resource: sealedResource(JSON.stringify(notice.contents), notice.type) },
    });
    sent += 1;
    const serial = serials[sent % serials.length] ?? '';
    return { url: notice.url, body, headers: signedHeaders(body, { serial, at }) };
  }

  async function post({ url, headers, body }: Message): Promise<number | undefined> {
    const given = { ...headers, 'content-type': 'application/json' };
    try {
      const signal = AbortSignal.timeout(patience);
      const answer = await request(url, { method: 'POST', headers: given, body, dispatcher: agent, signal });
      await answer.body.dump();
      return answer.statusCode;
    } catch {
      return undefined;
    }
  }

  /** Signed anew at each try. */
  async function deliver(notice: Notice, id: string): Promise<void> {
    for (let tries = 1; tries <= maxTries; tries += 1) {
      if (tries > 1) await sleep(200);
      const message = messageOf(notice, id);
      const status = await post(message);
      delivered.push({ event: notice.event, status });
      if (status === undefined || status >= 300) continue;
      last = message;
      return;
    }
  }

  return {
    delivered: delivered as readonly NoticeReceipt[],

    /** The same notice `times` times at once, each signed for itself; `duplicate` makes it five. */
    tell(notice: Notice, times = 1): void {
      if (faults.strikes('drop', notice.event)) return;
      const id = randomUUID();
      const all = faults.strikes('duplicate', notice.event) ? 5 : times;
      for (let n = 0; n < all; n += 1) queue.add(() => deliver(notice, id), 0);
    },

    /** One attempt at a lie. @returns the status it was answered with */
    async attack(notice: Notice, how: PayAttack): Promise<number | undefined> {
      if (how !== 'replay') return post(lies[how](notice, messageOf));
      if (!last) throw new Error('Nothing was delivered that could be replayed');
      return post(last);
    },

    /** Anything at all, signed as it should be. @returns the status it was answered with */
    raw(url: string, body: string): Promise<number | undefined> {
      const [serial = ''] = serials;
      return post({ url, body, headers: signedHeaders(body, { serial, at: clock.now() }) });
    },

    idle: queue.idle,

    async close(): Promise<void> {
      queue.clear();
      await agent.destroy();
    },
  };
}

type Write = (notice: Notice, id: string, at?: Date) => Message;
type Lie = (notice: Notice, write: Write) => Message;

/** Signs a body that was changed as if the bank itself had written it so. */
function rewritten({ url, body, headers }: Message, change: (body: string) => string): Message {
  const changed = change(body);
  const serial = headers['wechatpay-serial'] ?? '';
  const at = new Date(Number(headers['wechatpay-timestamp']) * 1000);
  return { url, body: changed, headers: signedHeaders(changed, { serial, at }) };
}

/** Changes one byte of the sealed part; from the end when negative. */
function withByteFlipped(body: string, place: number): string {
  const message = JSON.parse(body);
  const bytes = Buffer.from(message.resource.ciphertext, 'base64');
  const at = place < 0 ? bytes.length + place : place;
  bytes[at] = (bytes[at] ?? 0) ^ 0x08;
  message.resource.ciphertext = bytes.toString('base64');
  return JSON.stringify(message);
}

const withOtherData = (body: string): string => body.replace('"associated_data":"', '"associated_data":"x');

const fresh = (notice: Notice, write: Write, at?: Date) => write(notice, randomUUID(), at);

const withHeader = (message: Message, name: string, value: string): Message => ({
  ...message,
  headers: { ...message.headers, [name]: value },
});

const lies: Record<Exclude<PayAttack, 'replay'>, Lie> = {
  /** On the way, so the signature is the old one. */
  flipped_amount(notice, write) {
    const message = fresh(notice, write);
    const place = JSON.stringify(notice.contents).indexOf('"total":') + '"total":'.length;
    return { ...message, body: withByteFlipped(message.body, place) };
  },
  wrong_associated_data: (notice, write) => rewritten(fresh(notice, write), withOtherData),
  bad_tag: (notice, write) => rewritten(fresh(notice, write), (body) => withByteFlipped(body, -1)),
  old_timestamp: (notice, write) => fresh(notice, write, new Date(Date.now() - minutes(6))),
  future_timestamp: (notice, write) => fresh(notice, write, new Date(Date.now() + minutes(6))),
  unknown_serial: (notice, write) =>
    withHeader(fresh(notice, write), 'wechatpay-serial', 'PUB_KEY_ID_0000000000000000000000000000000000'),
  other_merchant: (notice, write) => fresh({ ...notice, contents: { ...notice.contents, mchid: '1900000999' } }, write),
  bad_signature(notice, write) {
    const message = fresh(notice, write);
    return { ...message, body: `${message.body} ` };
  },
  probe(notice, write) {
    const message = fresh(notice, write);
    const signature = message.headers['wechatpay-signature'] ?? '';
    return withHeader(message, 'wechatpay-signature', `WECHATPAY/SIGNTEST/${signature}`);
  },
};
