import { z } from 'zod';
import { instant, listQuery, page } from '../../../http/schema';
import type { MessageView } from '../../archive/conversations';
import { detectorCodes } from './codes';
import { evidenceLevels, findingStates, severities } from './finding.entity';

const evidenceView = z.object({
  source: z.string(),
  ref: z.string(),
  hash: z.string().openapi({ description: 'of what stood there when it was found, hexadecimal' }),
});

export const findingView = z
  .object({
    id: z.string(),
    ...{ detector: z.string(), version: z.number() },
    ...{ evidence_level: z.enum(evidenceLevels), severity: z.enum(severities), state: z.enum(findingStates) },
    ...{ userid: z.string().nullable(), external_userid: z.string().nullable(), chat_id: z.string().nullable() },
    ...{ occurred_at: instant, detected_at: instant },
    /** Numbers and codes behind the severity. */
    features: z.record(z.string(), z.unknown()),
    evidence: z.array(evidenceView),
    case_version: z.number(),
    ...{ decided_by: z.string().nullable(), decided_at: instant.nullable() },
  })
  .openapi('Finding');
export type FindingView = z.input<typeof findingView>;

const severity = z.enum(severities);
const count = z.number().int();
export const todayView = z
  .object({
    /** Nobody has taken them up. */
    open: z.array(z.object({ severity, count, oldest_at: instant.nullable() })),
    reviewing: count,
    escalated: count,
    /** What was found on each of the last seven days, Shanghai time, whatever became of it. */
    days: z.array(
      z.object({
        day: z.iso.date(),
        by_severity: z.object({ lead: count, low: count, medium: count, high: count, critical: count }),
      }),
    ),
    newest: z.array(findingView).openapi({ description: 'open high and critical ones, newest first' }),
    waiting: z.array(findingView).openapi({ description: 'open ones of medium and above, longest waiting first' }),
  })
  .openapi('RiskToday');
export type TodayView = z.input<typeof todayView>;

export const findingQuery = listQuery({
  detector: z.enum(detectorCodes).optional(),
  severity: z.enum(severities).optional(),
  state: z.enum(findingStates).optional(),
  userid: z.string().max(64).optional(),
  external_userid: z.string().max(64).optional(),
});
export type FindingQuery = z.output<typeof findingQuery>;
export const findingPage = page(findingView);

/** As the conversation itself shows it. */
const message = z
  .custom<MessageView>()
  .openapi({ type: 'object', description: 'a message as `GET conversations/{id}/messages` shows it' });

export const passages = z
  .object({
    items: z.array(
      z.object({
        conversation_id: z.string(),
        evidence: z.array(z.string()).openapi({ description: 'ids of messages that the finding names' }),
        messages: z.array(message),
      }),
    ),
  })
  .openapi('FindingPassages');

export const findingParam = z.strictObject({ id: z.string().regex(/^\d{1,15}$/) });

/** Why a finding is none: what a false-positive rate is made of. */
export const clearReasons = ['false_positive', 'agreed', 'duplicate', 'explained', 'other'] as const;

const step = z.object({
  ...{ state: z.enum(findingStates), by: z.object({ actor: z.string(), name: z.string().nullable() }), at: instant },
  ...{ reason: z.string().nullable(), comment: z.string().nullable() },
});
/** What stands there, as far as it is no content. */
const told = z.object({
  what: z.string().openapi({ description: 'a code of its source' }),
  at: instant,
  ...{ userid: z.string().nullable(), external_userid: z.string().nullable(), chat_id: z.string().nullable() },
  inside: z.string().nullable().openapi({ description: 'the conversation of a message, the spot check of a result' }),
});
export type Told = z.input<typeof told>;

const proof = evidenceView.extend({
  told: told.nullable().openapi({ description: 'null: it is gone, or out of the reader’s sight' }),
});
export const openedFinding = findingView
  .extend({
    evidence: z.array(proof),
    steps: z.array(step),
    supports: z
      .array(proof.extend({ at: instant }))
      .openapi({ description: 'what other sources told of the same, later' }),
  })
  .openapi('OpenedFinding');
export type OpenedFinding = z.input<typeof openedFinding>;

export const decisionBody = z.strictObject({
  state: z.enum(['reviewing', 'confirmed', 'cleared', 'escalated']),
  reason: z.enum(clearReasons).optional(),
  comment: z.string().trim().min(1).max(500).optional(),
  /** `case_version` as it was read. */
  version: z.number().int(),
});
export type Decision = z.output<typeof decisionBody>;
