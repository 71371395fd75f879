import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type Clock, toUnix } from '../core/clock';
import { randomToken } from '../core/ids';
import { signText } from './crypto';
import { isPayCode, PayUnreachable } from './errors';
import type { Merchant } from './merchant';
import { type Refund, refundAnswer, type Transaction, transaction } from './messages';
import type { PayTransport } from './transport';

/** What is asked for. The same order asked twice is one order. */
export interface PayOrder {
  outTradeNo: string;
  description: string;
  amountFen: number;
  /** The latest moment somebody may pay. */
  expiresAt: Date;
  notifyUrl: string;
}

export interface PayRefundOrder {
  outTradeNo: string;
  outRefundNo: string;
  amountFen: number;
  totalFen: number;
  reason: string;
  notifyUrl: string;
}

/** What a page hands to `wx.chooseWXPay` or the bridge. */
export interface PagePayment {
  appId: string;
  timeStamp: string;
  nonceStr: string;
  package: string;
  signType: 'RSA';
  paySign: string;
}

interface Deps {
  transport: PayTransport;
  merchant: Merchant;
  clock: Clock;
  apiBase: string;
}

export type PayGateway = ReturnType<typeof createPayGateway>;

/** The calls of WeChat Pay we use. Each asks once. @throws PayError, PayUnreachable */
export function createPayGateway({ transport, merchant, clock, apiBase }: Deps) {
  const { mchId, appId } = merchant;

  async function ask<T>(schema: z.ZodType<T>, call: Parameters<PayTransport['send']>[0]): Promise<T> {
    const parsed = schema.safeParse(await transport.send(call));
    if (!parsed.success) throw new PayUnreachable(call.api, 'the answer is not what the API promises');
    return parsed.data;
  }

  const orderOf = (order: PayOrder) => ({
    appid: appId,
    mchid: mchId,
    description: order.description,
    out_trade_no: order.outTradeNo,
    time_expire: rfc3339(order.expiresAt),
    notify_url: order.notifyUrl,
    amount: { total: order.amountFen, currency: 'CNY' },
  });

  return {
    /** @returns the address inside the QR code */
    async native(order: PayOrder): Promise<string> {
      const call = {
        api: 'native',
        method: 'POST',
        path: '/v3/pay/transactions/native',
        body: orderOf(order),
      } as const;
      return (await ask(z.object({ code_url: z.string().min(1).max(512) }), call)).code_url;
    },

    /** @returns the prepay id */
    async jsapi(order: PayOrder, openid: string): Promise<string> {
      const body = { ...orderOf(order), payer: { openid } };
      const call = { api: 'jsapi', method: 'POST', path: '/v3/pay/transactions/jsapi', body } as const;
      return (await ask(z.object({ prepay_id: z.string().min(1).max(128) }), call)).prepay_id;
    },

    /** Signs what a page needs to open the payment. Asks nobody. */
    pagePayment(prepayId: string): PagePayment {
      const [timeStamp, nonceStr] = [String(toUnix(clock.now())), randomToken(24)];
      const bundle = `prepay_id=${prepayId}`;
      const paySign = signText(merchant.privateKey, `${appId}\n${timeStamp}\n${nonceStr}\n${bundle}\n`);
      return { appId, timeStamp, nonceStr, package: bundle, signType: 'RSA', paySign };
    },

    /** @returns null when WeChat Pay knows no such order */
    query: (outTradeNo: string): Promise<Transaction | null> =>
      nullWhenUnknown(
        ask(transaction, {
          api: 'query',
          method: 'GET',
          path: `/v3/pay/transactions/out-trade-no/${encodeURIComponent(outTradeNo)}?mchid=${mchId}`,
        }),
      ),

    async close(outTradeNo: string): Promise<void> {
      const path = `/v3/pay/transactions/out-trade-no/${encodeURIComponent(outTradeNo)}/close`;
      await transport.send({ api: 'close', method: 'POST', path, body: { mchid: mchId } });
    },

    /** Accepted is not refunded: the status says which. */
    refund: (order: PayRefundOrder): Promise<Refund> =>
      ask(refundAnswer, {
        api: 'refund',
        method: 'POST',
        path: '/v3/refund/domestic/refunds',
        body: {
          out_trade_no: order.outTradeNo,
          out_refund_no: order.outRefundNo,
          reason: order.reason,
          notify_url: order.notifyUrl,
          amount: { refund: order.amountFen, total: order.totalFen, currency: 'CNY' },
        },
      }),

    /** @returns null when WeChat Pay knows no such refund */
    queryRefund: (outRefundNo: string): Promise<Refund | null> =>
      nullWhenUnknown(
        ask(refundAnswer, {
          api: 'refund query',
          method: 'GET',
          path: `/v3/refund/domestic/refunds/${encodeURIComponent(outRefundNo)}`,
        }),
      ),

    /**
     * All payments and refunds of a day (`YYYY-MM-DD`, Shanghai), as WeChat Pay's CSV: amounts in yuan, a backquote before each
     * value. @throws PayUnreachable when the file is not the one that was promised
     */
    async tradeBill(day: string): Promise<string> {
      const path = `/v3/bill/tradebill?bill_date=${encodeURIComponent(day)}&bill_type=ALL`;
      const bill = await ask(billAnswer, { api: 'bill', method: 'GET', path });
      const { origin, pathname, search } = new URL(bill.download_url);
      // What is signed with our key goes nowhere else, whoever names the address.
      if (origin !== new URL(apiBase).origin) throw new PayUnreachable('bill', 'the file is somewhere else');
      const file = await transport.download({ api: 'bill file', method: 'GET', path: `${pathname}${search}` });
      const hash = createHash('sha1').update(file).digest('hex');
      if (hash !== bill.hash_value.toLowerCase()) throw new PayUnreachable('bill file', 'its hash is another one');
      return file.toString('utf8');
    },
  };
}

const billAnswer = z.object({ hash_type: z.literal('SHA1'), hash_value: z.string(), download_url: z.url() });

const nullWhenUnknown = <T>(answer: Promise<T>): Promise<T | null> =>
  answer.catch((error: unknown) => {
    if (isPayCode(error, 'ORDER_NOT_EXIST', 'RESOURCE_NOT_EXISTS')) return null;
    throw error;
  });

/** Whole seconds, as WeChat Pay wants them. */
const rfc3339 = (at: Date): string => at.toISOString().replace(/\.\d{3}Z$/, '+00:00');
