import { defineErrors } from '../core/errors';

/** The faults all records have in common (crm-features §0.1). */
export const recordError = defineErrors('record', {
  bad_filter: [400, 'The filter cannot be understood'],
  field_forbidden: [403, 'Your roles do not let you see or change this field'],
  read_only_for_you: [403, 'You may see this record, and not change it'],
  not_found: [404, 'There is no such record, or you may not see it'],
  stale_version: [409, 'Somebody else changed it meanwhile: read it again'],
  duplicate: [409, 'There is one already'],
  in_use: [409, 'Others depend on it'],
  bad_transition: [409, 'From here it cannot go there'],
});
