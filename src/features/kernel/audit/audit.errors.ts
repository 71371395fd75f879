import { defineErrors } from '../../../core/errors';

export const auditError = defineErrors('audit', {
  unknown_export: [404, 'There is no such export of yours, or it is over'],
  not_found: [404, 'There is no such audit event'],
});
