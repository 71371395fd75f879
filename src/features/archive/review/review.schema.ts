import { z } from 'zod';
import { instant, listQuery, page } from '../../../http/schema';
import type { MessageView } from '../conversations';
import { reviewQueues, reviewStates } from './review.entity';
import { samplingRules } from './sampling';

const id = z.string().min(1).max(36);
const comment = z.string().trim().min(1).max(500);
const tags = z.array(z.string().trim().min(1).max(32)).max(10);
const who = z.object({ actor: z.string(), name: z.string().nullable() });

export const newProfile = z.strictObject({
  name: z.string().trim().min(1).max(100),
  period: z.enum(['day', 'week', 'month']),
  rules: samplingRules,
  active: z.boolean().default(true),
});
export type NewProfile = z.infer<typeof newProfile>;
export const changedProfile = newProfile.extend({ version: z.number().int() });

export const profileView = z
  .object({
    ...{ id: z.string(), name: z.string(), period: z.enum(['day', 'week', 'month']), rules: samplingRules },
    ...{ active: z.boolean(), version: z.number(), created_at: instant, updated_at: instant },
  })
  .openapi('ReviewProfile');
export type ProfileView = z.input<typeof profileView>;
export const profileList = page(profileView);

export const sampleView = z
  .object({
    ...{ id: z.string(), profile_id: z.string(), starts_at: instant, ends_at: instant, rules: samplingRules },
    seed_hash: z.string().openapi({ description: 'published before the period ends' }),
    seed: z.string().nullable().openapi({ description: 'told once the sample is drawn' }),
    ...{ committed_at: instant, drawn_at: instant.nullable() },
    /** Messages that could be drawn, the newest of them, and how many were. */
    ...{ population: z.number().nullable(), through_id: z.string().nullable(), drawn: z.number().nullable() },
  })
  .openapi('ReviewSample');
export type SampleView = z.input<typeof sampleView>;
export const sampleQuery = listQuery({ profile_id: id.optional() });
export type SampleQuery = z.output<typeof sampleQuery>;
export const samplePage = page(sampleView);

export const reviewView = z
  .object({
    id: z.string(),
    queue: z.enum(reviewQueues),
    state: z.enum(reviewStates),
    ...{ profile_id: z.string().nullable(), rechecks: z.string().nullable() },
    ...{ message_id: z.string(), conversation_id: z.string() },
    /** Userids of the staff it concerns. */
    subjects: z.array(z.string()),
    ...{ assignee: who.nullable(), claimed_at: instant.nullable(), reason: z.string().nullable() },
    ...{ tags: z.array(z.string()), created_by: who, created_at: instant },
    ...{ due_at: instant, overdue: z.boolean(), decided_by: who.nullable(), decided_at: instant.nullable() },
  })
  .openapi('Review');
export type ReviewView = z.input<typeof reviewView>;

export const reviewQuery = listQuery({
  queue: z.enum(reviewQueues).optional(),
  state: z.enum(reviewStates).optional(),
  /** `me`, or as the audit trail names an account: `account:<id>`. */
  assignee: z.string().max(80).optional(),
  profile_id: id.optional(),
  userid: z.string().max(64).optional(),
});
export type ReviewQuery = z.output<typeof reviewQuery>;
export const reviewPage = page(reviewView);

/** As the conversation itself shows it. */
const message = z
  .custom<MessageView>()
  .openapi({ type: 'object', description: 'a message as `GET conversations/{id}/messages` shows it' });

const step = z.object({
  ...{ act: z.string(), state: z.enum(reviewStates), by: who, at: instant },
  ...{ comment: z.string().nullable(), tags: z.array(z.string()), shown: z.array(z.string()) },
});

export const openedReview = reviewView
  .extend({
    steps: z.array(step),
    /** The message with what stands around it. */
    messages: z.array(message),
    /** Words of the lists. */
    hits: z.array(
      z.object({
        ...{ message_id: z.string(), list_id: z.string(), version: z.number(), word: z.number(), path: z.string() },
      }),
    ),
  })
  .openapi('OpenedReview');
export type OpenedReview = z.input<typeof openedReview>;
export const openQuery = z.strictObject({
  /** Messages around it, both ways together. */
  context: z.coerce.number().int().min(1).max(100).default(20),
});

const target = { reason: comment.max(255) };
export const newReview = z.union([
  z.strictObject({ message_id: z.string().regex(/^\d{1,16}$/), ...target }),
  z.strictObject({ conversation_id: z.string().regex(/^[\w-]{1,32}$/), ...target }),
]);
export type NewReview = z.infer<typeof newReview>;

export const releaseBody = z.strictObject({ comment: comment.optional() });
export const decisionBody = z.strictObject({
  outcome: z.enum(['clean', 'question', 'violation']),
  comment: comment.optional(),
  tags: tags.default([]),
});
export type DecisionBody = z.output<typeof decisionBody>;
export const escalationBody = z.strictObject({ comment, tags: tags.default([]) });

export const coverageQuery = z
  .strictObject({ from: z.iso.date(), to: z.iso.date() })
  .refine(({ from, to }) => from <= to, 'the end lies before the beginning')
  .refine(({ from, to }) => Date.parse(to) - Date.parse(from) < 367 * 86_400_000, 'at most a year');
export type CoverageQuery = z.infer<typeof coverageQuery>;

const outcomes = z.object({
  ...{ clean: z.number(), question: z.number(), violation: z.number(), escalated: z.number(), open: z.number() },
});
export const coverageView = z
  .object({
    from: z.iso.date(),
    to: z.iso.date(),
    items: z.array(
      z.object({
        ...{ userid: z.string(), name: z.string().nullable() },
        /** Written to people outside. */
        messages: z.number(),
        reviewed: z.number().openapi({ description: 'messages somebody has decided on' }),
        outcomes,
        reviewers: z.array(z.object({ actor: z.string(), name: z.string().nullable(), decided: z.number() })),
        median_hours: z.number().nullable().openapi({ description: 'from entering a queue to the decision' }),
        late: z.number().openapi({ description: 'decided after they were due, or due and open' }),
      }),
    ),
    second_line: z.object({ looked_at: z.number(), differed: z.number() }),
  })
  .openapi('SupervisionCoverage');
export type CoverageView = z.input<typeof coverageView>;
