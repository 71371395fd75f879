import type { Entities } from '../../../db/data-source';
import { logRoutes } from './logs.routes';
import { SecurityDeletion, SecurityRecord, SecurityRecordBody, SecuritySourceRow } from './security-record.entity';

export const securityLogsFeature = {
  name: 'security-logs',
  entities: [SecurityRecord, SecurityRecordBody, SecuritySourceRow, SecurityDeletion] as Entities,
  routes: logRoutes,
};
export { createSecurityLogs, type SecurityLogs } from './logs.feature';
export { securityRecordStream } from './security-record.stream';
export type { SecuritySigns } from './signs';
