import { z } from 'zod';
import { instant, listQuery, page } from '../../../http/schema';
import type { MessageView } from '../../archive/conversations';
import { spotCheckOutcomes } from './spot-check.entity';

const userid = z.string().min(1).max(64);
const messageId = z.string().regex(/^\d{1,15}$/);
const note = z.string().trim().min(1).max(500);
const who = z.object({ actor: z.string(), name: z.string().nullable() });

/** By chance among the conversations of the last days, or chosen by hand with a reason. */
export const newSpotCheck = z.union([
  z.strictObject({ userid, days: z.number().int().min(1).max(90).default(30) }),
  z.strictObject({
    ...{ userid, conversation_id: z.string().regex(/^[\w-]{1,32}$/), reason: z.string().trim().min(1).max(255) },
  }),
]);
export type NewSpotCheck = z.output<typeof newSpotCheck>;

const states = ['open', ...spotCheckOutcomes] as const;

export const spotCheckView = z
  .object({
    ...{ id: z.string(), userid: z.string(), conversation_id: z.string(), state: z.enum(states) },
    ...{ how: z.enum(['drawn', 'chosen']), reason: z.string().nullable() },
    draw: z
      .object({ days: z.number(), seed: z.string(), population: z.number(), through_id: z.string() })
      .nullable()
      .openapi({ description: 'what the choice follows from: anybody can draw again' }),
    ...{ asked_by: who, asked_at: instant },
    result: z.object({ missing: z.array(z.string()), note: z.string().nullable(), by: who, at: instant }).nullable(),
  })
  .openapi('SpotCheck');
export type SpotCheckView = z.input<typeof spotCheckView>;

export const spotCheckQuery = listQuery({ userid: userid.optional(), state: z.enum(states).optional() });
export type SpotCheckQuery = z.output<typeof spotCheckQuery>;
export const spotCheckPage = page(spotCheckView);
export const spotCheckParam = z.strictObject({ id: messageId });

/** As the conversation itself shows it. */
const message = z
  .custom<MessageView>()
  .openapi({ type: 'object', description: 'a message as `GET conversations/{id}/messages` shows it' });

export const openedSpotCheck = spotCheckView
  .extend({
    archive: z
      .object({ messages: z.number(), first: message, recent: z.array(message) })
      .openapi({ description: 'what the device should show; the newest message is the first of `recent`' }),
  })
  .openapi('OpenedSpotCheck');
export type OpenedSpotCheck = z.input<typeof openedSpotCheck>;

export const newResult = z.discriminatedUnion('outcome', [
  z.strictObject({ outcome: z.literal('matches'), note: note.optional() }),
  z.strictObject({
    ...{ outcome: z.literal('missing_on_device'), missing: z.array(messageId).min(1).max(200), note },
  }),
]);
export type NewResult = z.output<typeof newResult>;
