import { defineErrors } from '../../../core/errors';

export const noticeError = defineErrors('notice', {
  not_found: [404, 'No notice with this id is known'],
  not_staff: [403, 'Only a member of staff confirms a notice, signed in as themselves'],
});

export const consentError = defineErrors('consent', {
  not_configured: [409, 'The conversation archive is not set up: WeCom cannot be asked'],
});
