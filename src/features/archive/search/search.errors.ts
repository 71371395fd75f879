import { defineErrors } from '../../../core/errors';

export const searchError = defineErrors('search', {
  term_too_short: [422, 'A word to look for has at least two letters, digits or characters'],
  only_exclusions: [422, 'Name at least one word to look for beside those to leave out'],
  too_many_terms: [422, 'At most 20 words can be looked for at once'],
});
