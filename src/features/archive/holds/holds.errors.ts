import { defineErrors } from '../../../core/errors';

export const holdError = defineErrors('hold', {
  not_found: [404, 'No hold with this id is known'],
  released: [409, 'This hold was released already'],
});
