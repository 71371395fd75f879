import { defineErrors } from '../../../core/errors';

export const conversationError = defineErrors('conversation', {
  not_found: [404, 'No conversation with this id is known'],
  message_not_found: [404, 'No message with this id is known'],
});
