import { z } from 'zod';
import { instant, listQuery, page } from '../../../http/schema';
import { causes } from './causes';

const counts = z.record(z.string(), z.number());
const media = z.object({ stored: z.number(), pending: z.number(), expired: z.number(), failed: z.number() });

export const archiveStatusView = z
  .object({
    /** Whether all is set that fetching needs. */
    configured: z.boolean(),
    cursor_seq: z.string().openapi({ description: 'the newest record that was fetched; 0 while there is none' }),
    received: z.number().openapi({ description: 'records fetched: stored + parked + unopened' }),
    stored: z.number().openapi({ description: 'messages' }),
    parked: z.object({
      count: z.number(),
      unreadable: z.number().openapi({ description: 'without those that WeCom gave twice' }),
      by_reason: counts,
    }),
    unopened: z.number().openapi({ description: 'fetched, and not yet looked into' }),
    media,
    gaps: z.number(),
    newest_gap_at: instant.nullable(),
    conflicts: z.number().openapi({ description: 'records that contradict one we have; both are kept' }),
    newest_conflict_at: instant.nullable(),
    newest_message_at: instant.nullable(),
    lag_seconds: z
      .number()
      .nullable()
      .openapi({ description: 'how long ago all was here that WeCom had; null: never asked' }),
    caught_up: z.boolean(),
    last_answer_at: instant.nullable().openapi({ description: 'of WeCom, empty or not' }),
    last_pull: z
      .object({
        asked_at: instant,
        returned: z.number(),
        code: z.number().nullable().openapi({ description: "0, the library's, or WeCom's; null: there was none" }),
        ms: z.number(),
        fault: z.string().nullable(),
      })
      .nullable(),
    messages_per_second: z.number().nullable().openapi({ description: 'while catching up' }),
    missing_keys: z.array(z.number()).openapi({ description: 'versions of private keys that records wait for' }),
    cause: z.enum(causes).nullable().openapi({ description: 'why nothing comes; null while messages come in' }),
  })
  .openapi('ArchiveStatus');
export type ArchiveStatusView = z.input<typeof archiveStatusView>;

const gapView = z
  .object({
    id: z.string(),
    from_seq: z.string().openapi({ description: 'the first that may be missing' }),
    to_seq: z.string().openapi({ description: 'the last that may be missing' }),
    after_seq: z.string().openapi({ description: 'the record before it, which is here' }),
    before_seq: z.string().openapi({ description: 'the record after it, which is here' }),
    cause: z.string().openapi({ description: 'expired: WeCom said so. outage: nobody asked for five days' }),
    found_at: instant,
    detail: z.string().nullable(),
  })
  .openapi('ArchiveGap');
export type GapView = z.input<typeof gapView>;

export const gapsQuery = listQuery({});
export const gapsPage = page(gapView);

const day = z.iso.date();
/** Days in one answer: a calendar of a year and a month. */
const mostDays = 400;

export const completenessQuery = z
  .strictObject({ from: day, to: day })
  .refine(({ from, to }) => from <= to, { path: ['to'], message: 'must not be before from' })
  .refine(({ from, to }) => Date.parse(to) - Date.parse(from) < mostDays * 86_400_000, {
    path: ['to'],
    message: `at most ${mostDays} days after from`,
  });
export type CompletenessQuery = z.output<typeof completenessQuery>;

/** What is said of a day, and fixed by the chain once it is over. */
export const dayFigures = z.object({
  day,
  /** Records that WeCom gave on this day: stored + parked + unopened. */
  received: z.number(),
  stored: z.number(),
  parked: z.number(),
  /** Fetched on this day and not looked into when this was written. */
  unopened: z.number(),
  /** Parked ones by reason. */
  unreadable: counts,
  /** WeCom gave the same message again. */
  duplicates: z.number(),
  /** WeCom gave something else under a number or an id that is here. */
  conflicts: z.number(),
  /** Found on this day. */
  gaps: z.array(z.object({ from_seq: z.string(), to_seq: z.string(), cause: z.string() })),
  pulls: z.number(),
  /** Pulls that failed, by code; `none` where the library gave no code. */
  failures: counts,
  /** Between two pulls that WeCom answered. */
  longest_silence_seconds: z.number(),
  media,
  seats: z.number().nullable(),
  /** The last verification of the day; null: there was none. */
  verified: z.boolean().nullable(),
  /** Roots over the rows of the day that no link of the chain covers by itself. */
  ledger: z.record(z.string(), z.object({ first: z.number(), last: z.number(), count: z.number(), root: z.string() })),
});
export type DayFigures = z.output<typeof dayFigures>;

const dayView = dayFigures
  .omit({ ledger: true })
  .extend({
    /** Null: the day is not over, or not all of it is opened yet. From then on the figures stand. */
    closed_at: instant.nullable(),
    /** Of those parked, how many still are. */
    parked_now: z.number(),
  })
  .openapi('ArchiveDay');
export type DayView = z.input<typeof dayView>;

export const completenessView = z.object({ items: z.array(dayView), next_cursor: z.null() });
