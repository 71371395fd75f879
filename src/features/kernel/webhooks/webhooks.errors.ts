import { defineErrors } from '../../../core/errors';

export const webhookError = defineErrors('webhook', {
  unknown: [404, 'There is no such webhook'],
  unknown_delivery: [404, 'There is no such delivery, or it is older than the log'],
  stale: [409, 'Somebody changed this webhook in the meantime: read it again'],
  too_many: [409, 'There are 20 webhooks already: remove one first'],
  inactive: [409, 'This webhook is switched off: switch it on first'],
  on_its_way: [409, 'This delivery is still being tried'],
});
