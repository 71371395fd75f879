import type { Viewer } from '../../../http/permissions';
import type { Approval, ApprovalState } from './approvals.entity';

/** What can be done to a request, and from which states. Everything else is refused (S12). */
export const moves = {
  approve: { from: ['pending'], to: 'approved' },
  refuse: { from: ['pending'], to: 'refused' },
  withdraw: { from: ['pending', 'approved'], to: 'withdrawn' },
  use: { from: ['approved'], to: 'used' },
} as const satisfies Record<string, { from: readonly ApprovalState[]; to: ApprovalState }>;
export type Move = keyof typeof moves;

/** Why somebody may not decide a request. */
export type Bar = 'token' | 'requester' | 'same_staff' | 'gains' | 'too_new';

interface Decider {
  viewer: Pick<Viewer, 'kind' | 'id' | 'staffId'>;
  accountCreatedAt: Date;
}

type Asked = Pick<Approval, 'requested_by' | 'requester_staff_id' | 'gains' | 'created_at'>;

/**
 * A second person is another person: not the requester, not a second account of theirs, not a program, not who gains
 * by it, and nobody whose account was made after the request. Undefined when the viewer may decide.
 */
export function barOf(request: Asked, { viewer, accountCreatedAt }: Decider): Bar | undefined {
  if (viewer.kind === 'token') return 'token';
  if (viewer.id === request.requested_by) return 'requester';
  if (viewer.staffId !== null && viewer.staffId === request.requester_staff_id) return 'same_staff';
  const gains = request.gains.split(',');
  if (gains.includes(`account:${viewer.id}`) || gains.includes(`staff:${viewer.staffId}`)) return 'gains';
  return accountCreatedAt >= request.created_at ? 'too_new' : undefined;
}

/** The state as of now: nothing that is over can go on, whether or not somebody wrote it down yet. */
export const stateAt = ({ state, expires_at }: Pick<Approval, 'state' | 'expires_at'>, now: Date): ApprovalState =>
  (state === 'pending' || state === 'approved') && expires_at <= now ? 'expired' : state;
