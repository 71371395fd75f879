import { defineErrors } from '../../../core/errors';

export const categoryError = defineErrors('category', {
  not_found: [404, 'No such category'],
  name_taken: [409, 'A category of this name stands there already'],
  has_children: [409, 'Other categories stand under this one: move or remove them first'],
  in_use: [409, 'Records are in this category: name another one that takes them'],
});
