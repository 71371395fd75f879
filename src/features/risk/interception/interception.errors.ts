import { defineErrors } from '../../../core/errors';

export const interceptionError = defineErrors('interception', {
  not_found: [404, 'No interception of ours has this id'],
  version_conflict: [409, 'It was changed meanwhile: read it again'],
  wecom: [502, 'WeCom did not tell of its rules'],
});
