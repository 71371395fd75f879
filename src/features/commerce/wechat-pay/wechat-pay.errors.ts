import { defineErrors } from '../../../core/errors';

export const payError = defineErrors('pay', {
  not_configured: [409, 'No payment merchant is configured'],
  bad_amount: [422, 'An amount is a whole number of fen, at least one'],
  bad_order: [
    422,
    'A payment needs a description of 1 to 127 characters, a time to end in the future, and on a page who pays',
  ],
  other_open: [409, 'Something else is asked for already'],
  not_found: [404, 'There is no such payment'],
  not_paid: [409, 'Only what was paid can be paid back'],
  already_paid: [409, 'It is paid already: pay it back instead'],
  refund_exceeds: [422, 'More than what was paid cannot be paid back'],
  notification_not_found: [404, 'There is no such notification'],
  still_pending: [409, 'It is waiting to be handled already'],
});
