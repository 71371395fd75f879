export { approvalPermissions, useWaitingApprovals } from './approvals';
export { api } from './client';
export { asFault, Fault } from './fault';
export {
  type FilterOf,
  type ItemOf,
  type ListPath,
  type ListSource,
  listOf,
  recordedListOf,
  searchOf,
  wholeListOf,
} from './list';
export { type LiveName, type LiveState, useLive, useLiveState } from './live';
export { type MessagesStart, useFoundIn, useMessages } from './messages';
export { useConfirmations } from './notices';
export { invalidate, queryClient } from './query-client';
export { nextReview, noteReview, useIsMine, useOpenedReview } from './reviews';
export { isActive, noteRun, useRecentRuns, useRun } from './runs';
export { useAsked, useSharedAct } from './second-person';
export { keepSession, signIn, signOut, useCan, useSession, type Viewer } from './session';
export { useStepUp } from './step-up';
export * from './types';
