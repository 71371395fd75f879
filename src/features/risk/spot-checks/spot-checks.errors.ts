import { defineErrors } from '../../../core/errors';

export const spotCheckError = defineErrors('spot_check', {
  not_found: [404, 'No spot check with this id is known'],
  staff_not_found: [404, 'No member of staff with this userid is in your line'],
  conversation_not_found: [404, 'The member of staff has no such conversation with somebody outside'],
  nothing_to_draw: [409, 'The member of staff had no archived conversation with anybody outside in this time'],
  done: [409, 'The result of this spot check is recorded already'],
  other_messages: [422, 'Messages that were missing must be of this conversation'],
  recalled_messages: [422, 'What was taken back is missing on every device, and says nothing'],
});
