import { defineErrors } from '../../../core/errors';

export const wordsError = defineErrors('word_list', {
  not_found: [404, 'No word list with this id is known'],
  version_conflict: [409, 'Somebody else has changed the list meanwhile'],
});
