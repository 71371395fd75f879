import { customerDeletedByStaff } from './customer-deleted-by-staff';
import { customerMissing } from './customer-missing';
import type { Detector } from './detector';
import { staffDeletedByCustomer } from './staff-deleted-by-customer';

/** Every detector there is (violations §2). */
export const detectors: readonly Detector[] = [customerDeletedByStaff, customerMissing, staffDeletedByCustomer];

export type { Detector, Draft, EvidenceRef, Ground } from './detector';
