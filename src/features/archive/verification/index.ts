import { verificationRoutes } from './verification.routes';

export const archiveVerificationFeature = { name: 'archive-verification', entities: [], routes: verificationRoutes };
export type { Checked, CheckOptions, Found, Purges, RowFault } from './faults';
export { type ArchiveChecks, type ArchiveVerifications, createArchiveVerifications } from './verification';
