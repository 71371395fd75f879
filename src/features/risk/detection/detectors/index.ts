import type { EventDetector, MessageDetector, Sweep } from '../detector';
import { archiveEvasion } from './archive-evasion/archive-evasion';
import { movedUnseen } from './archive-evasion/moved-unseen';
import { switched } from './archive-evasion/switched';
import { chatDark } from './chat-dark';
import { customerDeletedByStaff } from './customer-deleted-by-staff';
import { customerMissing } from './customer-missing';
import { deleteReadd } from './delete-readd';
import { departureLeak } from './departure-leak';
import { departureLeakSaid } from './departure-leak-said';
import { departureRisk } from './departure-risk';
import { groupDark } from './group-dark';
import { groupDismissed } from './group-dismissed';
import { groupMemberRemoved } from './group-member-removed';
import { groupOwnerChanged } from './group-owner-changed';
import { massDelete, massDeleteSweep } from './mass-delete';
import { oneSided } from './one-sided';
import { recall } from './recall';
import { recallOrphan } from './recall-orphan';
import { staffDeletedByCustomer } from './staff-deleted-by-customer';

/** Every detector there is (violations §2), by what it listens to. */
export const detectors: {
  readonly ofEvents: readonly EventDetector[];
  readonly ofMessages: readonly MessageDetector[];
  readonly sweeps: readonly Sweep[];
} = {
  ofEvents: [
    ...[customerDeletedByStaff, customerMissing, staffDeletedByCustomer, deleteReadd, massDelete],
    ...[groupDismissed, groupMemberRemoved, groupOwnerChanged, departureRisk, departureLeak],
    movedUnseen,
  ],
  ofMessages: [recall, departureLeakSaid, switched],
  sweeps: [massDeleteSweep, archiveEvasion, chatDark, groupDark, oneSided, recallOrphan],
};
