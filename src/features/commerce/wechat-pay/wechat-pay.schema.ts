import { z } from 'zod';
import { instant, listQuery, page } from '../../../http/schema';
import { payRefusals } from '../../../pay';
import { notificationStates } from './wechat-pay.entity';

export const notificationView = z
  .object({
    id: z.number(),
    notification_id: z.string(),
    event_type: z.string(),
    out_trade_no: z.string().nullable(),
    out_refund_no: z.string().nullable(),
    transaction_id: z.string().nullable(),
    amount_fen: z.number().int().nullable(),
    state: z.enum(notificationStates),
    attempts: z.number(),
    error: z.string().nullable().openapi({ description: 'for parked and ignored ones: why' }),
    received_at: instant,
    handled_at: instant.nullable(),
  })
  .openapi('PayNotification');

export const notificationQuery = listQuery({
  state: z.enum(notificationStates).optional(),
  event_type: z.string().max(64).optional(),
  out_trade_no: z.string().max(64).optional(),
});
export type NotificationQuery = z.output<typeof notificationQuery>;
export const notificationPage = page(notificationView);
export const notificationParam = z.strictObject({ id: z.coerce.number().int().positive() });

export const refusalView = z
  .object({
    id: z.number(),
    at: instant,
    reason: z.enum(payRefusals),
    serial: z.string().nullable(),
    address: z.string(),
    body_sha256: z.string().nullable(),
  })
  .openapi('PayRefusal');

export const refusalQuery = listQuery({ reason: z.enum(payRefusals).optional() });
export type RefusalQuery = z.output<typeof refusalQuery>;
export const refusalPage = page(refusalView);
