import { defineErrors } from '../../../core/errors';

export const settingsError = defineErrors('settings', {
  not_settable: [404, 'There is no such setting, or it can only be set in the environment'],
  no_version: [404, 'This setting has no such version'],
  given_by_environment: [409, 'The environment sets this value, and the environment wins'],
  connected: [409, 'This database belongs to a company already, and stays with it'],
  sandbox: [409, 'The demo company brings its own settings; there is nothing to set'],
  version_sealed: [409, 'The value of this version cannot be opened any more: set it anew'],
});
