import type { EventDetector, MessageDetector, Sweep } from '../detector';
import { customerDeletedByStaff } from './customer-deleted-by-staff';
import { customerMissing } from './customer-missing';
import { deleteReadd } from './delete-readd';
import { departureLeak } from './departure-leak';
import { departureLeakSaid } from './departure-leak-said';
import { departureRisk } from './departure-risk';
import { groupDismissed } from './group-dismissed';
import { groupMemberRemoved } from './group-member-removed';
import { groupOwnerChanged } from './group-owner-changed';
import { massDelete, massDeleteSweep } from './mass-delete';
import { recall } from './recall';
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
  ],
  ofMessages: [recall, departureLeakSaid],
  sweeps: [massDeleteSweep],
};
