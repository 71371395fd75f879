import { defineErrors } from '../../../core/errors';

export const departureError = defineErrors('departure', {
  not_found: [404, 'No departure with this id is known'],
  staff_not_found: [404, 'Nobody with this userid serves below you'],
  gone: [409, 'They have left already'],
  planned_already: [409, 'Their departure is planned already'],
  wrong_state: [409, 'The departure does not stand where this is possible'],
  stale: [409, 'Somebody else changed it meanwhile: read it again'],
  unknown_subject: [422, 'There is nothing of this kind to hand over'],
  not_theirs: [409, 'Some of it is not theirs any more: read it again'],
  bad_successor: [422, 'Whoever takes over serves, and is somebody else'],
});
