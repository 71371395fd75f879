import { z } from 'zod';
import { instant, listQuery, page } from '../../../http/schema';

const maxDays = 92;

export const groupings = ['person', 'team', 'day'] as const;

export const replyQualityQuery = z
  .strictObject({ from: z.iso.date(), to: z.iso.date(), by: z.enum(groupings).default('person') })
  .refine(({ from, to }) => from <= to, 'the end lies before the beginning')
  .refine(({ from, to }) => Date.parse(to) - Date.parse(from) < maxDays * 86_400_000, `at most ${maxDays} days`);
export type ReplyQualityQuery = z.output<typeof replyQualityQuery>;

const coverage = z
  .object({
    ...{ relations: z.number(), seen: z.number(), without_seat: z.number() },
    ...{ disagreed: z.number(), unknown: z.number() },
  })
  .openapi({
    description:
      'of the relations there are now: those whose conversation the archive sees, because the member of staff has a seat and the other side agreed; and why it does not see the others',
  });

const soon = z
  .object({ mean: z.number().nullable(), p50: z.number().nullable(), p90: z.number().nullable() })
  .openapi({ description: 'seconds of working time until the first reply; null without one' });

const figures = {
  questions: z.number().openapi({
    description: 'times somebody outside wrote and nobody had asked before; a closing thank-you in words is one too',
  }),
  answered: z.number().openapi({ description: 'by now, however late' }),
  within_target: z.number(),
  out_of_hours: z.number().openapi({ description: 'asked when nobody works: their time counts from the next opening' }),
  unanswered_at_end: z.number().openapi({ description: 'when the day they were asked on ended' }),
  first_reply_seconds: soon,
  wall_seconds_mean: z.number().nullable().openapi({ description: 'the same by the clock on the wall' }),
  coverage: coverage.nullable().openapi({ description: 'null for a day: it is known as it stands now only' }),
};

export const replyQualityView = z
  .object({
    ...{ from: z.iso.date(), to: z.iso.date(), by: z.enum(groupings) },
    target_minutes: z.number(),
    computed_at: instant.nullable().openapi({ description: 'when the archive was last looked at; null: never' }),
    items: z.array(
      z.object({
        key: z.string().openapi({ description: 'userid, department id (empty: none), or day' }),
        name: z.string().nullable(),
        ...figures,
      }),
    ),
    total: z.object(figures),
  })
  .openapi('ReplyQuality');
export type ReplyQualityView = z.input<typeof replyQualityView>;

export const unansweredQuery = listQuery({ userid: z.string().min(1).max(64).optional() });
export type UnansweredQuery = z.output<typeof unansweredQuery>;

const unanswered = z
  .object({
    ...{ conversation_id: z.string(), userid: z.string(), external_userid: z.string(), since: instant },
    ...{ working_minutes: z.number(), due_at: instant, overdue: z.boolean() },
  })
  .openapi('UnansweredQuestion');
export type UnansweredView = z.input<typeof unanswered>;
export const unansweredPage = page(unanswered);
