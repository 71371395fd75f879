import { defineErrors } from '../../../core/errors';

export const mediaError = defineErrors('media', {
  not_found: [404, 'No file with this id is known in this message'],
  not_stored: [409, 'The file is not stored: it is still to be fetched, or could not be'],
  no_thumbnail: [404, 'There is no small picture of this file'],
  not_playable: [409, 'No sound can be made of the file: it is no AMR narrow band of at most two hours, or is broken'],
  damaged: [500, 'The stored file is missing or was changed: it does not agree with what was stored'],
});
