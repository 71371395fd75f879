import { defineErrors } from '../../../core/errors';

export const verificationError = defineErrors('archive_verification', {
  not_found: [404, 'There is no verification of the archive with this id'],
});
