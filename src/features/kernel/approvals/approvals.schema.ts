import { z } from 'zod';
import { instant, listQuery, page } from '../../../http/schema';
import { approvalStates } from './approvals.entity';

const reason = z.string().trim().min(1).max(500);
const person = z.object({ id: z.string(), name: z.string().nullable() });

export const approvalView = z
  .object({
    id: z.string(),
    action: z.string(),
    target: z.string(),
    /** The target in words. */
    subject: z.string(),
    /** What will be carried out, to the letter. */
    payload: z.record(z.string(), z.unknown()),
    digest: z.string(),
    reason: z.string(),
    state: z.enum(approvalStates),
    requested_by: person,
    created_at: instant,
    expires_at: instant,
    decided_by: person.nullable(),
    decided_at: instant.nullable(),
    decision_reason: z.string().nullable(),
    used_at: instant.nullable(),
    /** Whether the reader asked for it. */
    mine: z.boolean(),
    /** Whether the reader may decide it now. */
    may_decide: z.boolean(),
  })
  .openapi('Approval');

export const views = ['waiting', 'mine', 'decided'] as const;
export const approvalQuery = listQuery({
  /** `waiting`: for the reader. `mine`: asked by the reader. `decided`: what the reader may see of the rest. */
  view: z.enum(views).default('waiting'),
});
export type ApprovalQuery = z.infer<typeof approvalQuery>;
export const approvalPage = page(approvalView);

export const newApproval = z.strictObject({
  action: z.string().min(1).max(64),
  payload: z.record(z.string(), z.unknown()),
  reason,
});
export type NewApproval = z.infer<typeof newApproval>;

export const decisionBody = z.strictObject({
  decision: z.enum(['approve', 'refuse']),
  reason: reason.optional(),
});
export type DecisionBody = z.infer<typeof decisionBody>;

/** What the act gave, as its own address would have answered. */
export const outcome = z.object({ result: z.record(z.string(), z.unknown()).nullable() });
