import { z } from 'zod';
import { openResource } from './crypto';
import type { Merchant } from './merchant';
import { type MessageHeaders, PayRefused, verifySigned } from './signed';

/** A notification that is WeChat Pay's beyond doubt. */
export interface PayNotification {
  id: string;
  eventType: string;
  /** Never seen before in a message that was kept; whoever keeps this one sees to that. */
  nonce: string;
  /** Decrypted JSON. */
  plaintext: string;
  about: PayAbout;
}

/** What it is about, as far as it says. */
export interface PayAbout {
  outTradeNo: string | null;
  outRefundNo: string | null;
  transactionId: string | null;
  amountFen: number | null;
}

const shortText = z.string().min(1).max(64);
const envelope = z.object({
  id: shortText,
  event_type: shortText,
  resource: z.object({
    algorithm: z.literal('AEAD_AES_256_GCM'),
    ciphertext: z.string().max(1_048_576),
    associated_data: z.string().max(16).optional(),
    nonce: z.string().min(12).max(16),
  }),
});
const contents = z.object({
  mchid: z.string().optional(),
  appid: z.string().optional(),
  out_trade_no: shortText.optional(),
  out_refund_no: shortText.optional(),
  transaction_id: shortText.optional(),
  amount: z.object({ total: z.number().int().optional(), refund: z.number().int().optional() }).optional(),
});

/** Verifies, opens and reads a notification, in this order. @throws PayRefused */
export function openNotification(
  merchant: Merchant,
  message: { headers: MessageHeaders; body: Buffer },
  now: Date,
): PayNotification {
  const { serial, nonce } = verifySigned(message, merchant.trusted, now);
  const outer = envelope.safeParse(jsonIn(message.body.toString('utf8')));
  if (!outer.success) throw new PayRefused('body', serial);
  const { id, event_type: eventType, resource } = outer.data;
  const plaintext = opened(merchant, resource, serial);
  const inner = contents.safeParse(jsonIn(plaintext));
  if (!inner.success) throw new PayRefused('body', serial);
  const { mchid, appid, ...fields } = inner.data;
  const others = (mchid ?? merchant.mchId) !== merchant.mchId || (appid ?? merchant.appId) !== merchant.appId;
  if (others) throw new PayRefused('merchant', serial);
  return { id, eventType, nonce, plaintext, about: aboutOf(fields) };
}

const aboutOf = (fields: Omit<z.infer<typeof contents>, 'mchid' | 'appid'>): PayAbout => ({
  outTradeNo: fields.out_trade_no ?? null,
  outRefundNo: fields.out_refund_no ?? null,
  transactionId: fields.transaction_id ?? null,
  amountFen: fields.amount?.refund ?? fields.amount?.total ?? null,
});

function opened(merchant: Merchant, resource: z.infer<typeof envelope>['resource'], serial: string): string {
  try {
    return openResource(merchant.apiV3Key, { ...resource, associated_data: resource.associated_data ?? '' });
  } catch {
    throw new PayRefused('ciphertext', serial);
  }
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
