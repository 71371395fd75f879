import { defineErrors } from '../../../core/errors';

export const findingError = defineErrors('finding', {
  not_found: [404, 'No finding with this id is known'],
  wrong_state: [409, 'The finding does not stand where this is possible: read it again'],
  reason_needed: [422, 'Say why it is cleared'],
  expiry: [422, 'An exception ends at some time, within a year'],
  not_yours: [403, 'Nobody excepts themselves, nor whoever stands above them'],
  exception_over: [409, 'This exception is over already'],
  comment_needed: [422, 'Say what was found'],
});
