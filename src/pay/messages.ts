import { z } from 'zod';

const fen = z.number().int().nonnegative();
const number = z.string().min(1).max(64);

/** Everything that WeChat Pay says of a payment, in an answer or in a notification. */
export const transaction = z.object({
  appid: z.string(),
  mchid: z.string(),
  out_trade_no: number,
  transaction_id: number.optional(),
  trade_type: z.string().optional(),
  trade_state: z.string(),
  success_time: z.string().optional(),
  /** `total` is what was asked for; a coupon lowers only what the payer paid. Absent before anybody paid. */
  amount: z.object({ total: fen.optional(), currency: z.string().optional() }).optional(),
});
export type Transaction = z.infer<typeof transaction>;

const refundFields = {
  out_trade_no: number,
  out_refund_no: number,
  transaction_id: number.optional(),
  refund_id: number,
  success_time: z.string().optional(),
  amount: z.object({ total: fen, refund: fen }),
};

/** As a notification says it. */
export const refundNotice = z
  .object({ ...refundFields, mchid: z.string(), refund_status: z.string() })
  .transform(({ refund_status, ...rest }) => ({ ...rest, status: refund_status }));

/** As an answer says it. */
export const refundAnswer = z.object({ ...refundFields, status: z.string() });
/** SUCCESS, CLOSED, PROCESSING, ABNORMAL. */
export type Refund = z.infer<typeof refundAnswer>;
