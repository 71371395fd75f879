import type { EventDetector, MessageDetector, Sweep } from '../detector';
import { customerDeletedByStaff } from './customer-deleted-by-staff';
import { customerMissing } from './customer-missing';
import { recall } from './recall';
import { staffDeletedByCustomer } from './staff-deleted-by-customer';

/** Every detector there is (violations §2), by what it listens to. */
export const detectors: {
  readonly ofEvents: readonly EventDetector[];
  readonly ofMessages: readonly MessageDetector[];
  readonly sweeps: readonly Sweep[];
} = {
  ofEvents: [customerDeletedByStaff, customerMissing, staffDeletedByCustomer],
  ofMessages: [recall],
  sweeps: [],
};
