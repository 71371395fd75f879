import { defineErrors } from '../../../core/errors';

export const exportError = defineErrors('archive_export', {
  not_found: [404, 'There is no such export of yours, or it is over'],
  not_ready: [409, 'The file is not made yet'],
  reach: [403, 'Only whoever sees the whole company may take conversations away'],
});
