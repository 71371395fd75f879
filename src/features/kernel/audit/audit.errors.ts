import { defineErrors } from '../../../core/errors';

export const auditError = defineErrors('audit', {
  not_found: [404, 'There is no such audit event'],
});
