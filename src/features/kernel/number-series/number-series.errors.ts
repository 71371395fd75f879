import { defineErrors } from '../../../core/errors';

export const seriesError = defineErrors('number_series', {
  not_found: [404, 'No such number series'],
  clash: [409, 'Such numbers could repeat ones that were given out: add or change a text part'],
});
