import { defineErrors } from '../../../core/errors';

export const retentionError = defineErrors('retention', {
  not_found: [404, 'No retention rule with this id is known'],
  nothing_due: [409, 'No message is due to be purged'],
});
