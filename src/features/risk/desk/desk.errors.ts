import { defineErrors } from '../../../core/errors';

export const deskError = defineErrors('risk', {
  person_not_found: [404, 'Nobody with this userid is of your line, or may be judged by you'],
});
