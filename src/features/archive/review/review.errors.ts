import { defineErrors } from '../../../core/errors';

export const reviewError = defineErrors('review', {
  not_found: [404, 'No item with this id is known'],
  profile_not_found: [404, 'No sampling profile with this id is known'],
  wrong_state: [409, 'The item does not stand where this is possible: read it again'],
  not_yours: [403, 'Somebody else has claimed this item'],
  second_person: [403, 'Somebody else must look at it this time'],
  comment_needed: [422, 'Say why: only what is clean needs no comment'],
});
