import { defineErrors } from '../../../core/errors';

export const differenceError = defineErrors('difference', {
  not_found: [404, 'No difference with this id is known'],
  not_held: [409, 'Only what vanished at once and is held back can be taken for lost'],
});
