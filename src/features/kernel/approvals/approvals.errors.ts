import { defineErrors } from '../../../core/errors';

export const approvalError = defineErrors('approval', {
  required: [409, 'This needs a second person: ask for it with a reason'],
  unknown: [404, 'There is no such request, or you may not see it'],
  unknown_action: [422, 'Nothing of this name asks for a second person'],
  closed: [409, 'This request is decided, used, withdrawn or over already'],
  not_approved: [409, 'Nobody has approved this request'],
  not_yours: [403, 'You may not decide this request: somebody else must'],
  changed: [409, 'What was approved is not what is stored: ask again'],
});
