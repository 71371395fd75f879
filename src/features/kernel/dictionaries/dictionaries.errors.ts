import { defineErrors } from '../../../core/errors';

export const dictionaryError = defineErrors('dictionary', {
  not_found: [404, 'No such dictionary, or no such item in it'],
  code_taken: [409, 'An item with this code is there already'],
  label_taken: [409, 'Two items of a dictionary cannot have the same label'],
  in_use: [409, 'Records hold this item: name another one to take its place'],
});
