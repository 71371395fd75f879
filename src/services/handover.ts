import { seconds } from '../core/clock';
import { createDepartures } from '../features/handover/departures';
import { createHandovers } from '../features/handover/handovers';
import { createAccountSubject, createApiTokenSubject } from '../features/kernel/access';
import { createApprovalSubject } from '../features/kernel/approvals';
import { createRecordSubject } from '../features/kernel/record-types';
import { createCollaboratorSubject } from '../features/kernel/scope';
import { createWebhookSubject } from '../features/kernel/webhooks';
import { createFindingReviewSubject } from '../features/risk/findings';
import { createSpotCheckSubject } from '../features/risk/spot-checks';
import type { Archive } from './archive';
import type { Kernel } from './kernel';
import type { Party } from './party';
import type { Platform } from './platform';
import type { Relations } from './relations';

export type Handover = ReturnType<typeof createHandover>;

/** Who leaves, and who takes over what is theirs. */
export function createHandover(platform: Platform, below: Kernel & Archive & Relations & Party) {
  const parts = { ...platform, ...below };
  const { access } = below;
  const { actorsOf } = access.accounts;
  return {
    departures: createDepartures({
      ...parts,
      contacts: below.externalContactViews,
      subjects: [
        ...[createApprovalSubject(parts), createApiTokenSubject(access), createWebhookSubject(parts)],
        ...[createFindingReviewSubject({ ...parts, actorsOf }), createSpotCheckSubject({ ...parts, actorsOf })],
        ...[createCollaboratorSubject(parts), createAccountSubject(access)],
        ...[below.leads, below.customers, below.contacts].map(({ records }) => createRecordSubject(records)),
      ],
    }),
    handovers: createHandovers({
      ...parts,
      contacts: below.externalContactViews,
      conversations: below.conversationViews,
      lookupMs: seconds(platform.config.handover.lookupSeconds),
      secondPersonFrom: platform.config.handover.secondPersonFrom,
    }),
  };
}
