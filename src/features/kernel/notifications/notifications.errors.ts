import { defineErrors } from '../../../core/errors';

export const notificationError = defineErrors('notification', {
  unknown: [404, 'There is no such notification'],
  unknown_variable: [422, 'The template names something it is not given'],
  not_a_person: [403, 'Preferences belong to a person, not to a token'],
});
