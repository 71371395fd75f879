import { defineErrors } from '../../../core/errors';

export const accessError = defineErrors('access', {
  // One answer for every link that does not work: a guesser learns nothing.
  bad_link: [401, 'This sign-in link does not work: it was used, it expired, or it never existed'],
  bad_credentials: [401, 'Name, password or code is wrong'],
  bad_code: [401, 'This code does not work: it is wrong, or it was used'],
  code_required: [401, 'This link asks for a code of the authenticator app as well: send both'],
  no_factor: [409, 'This account has no second factor yet'],
  wrong_password: [422, 'Give the password in use as well: it is missing, or it is another one'],
  name_taken: [409, 'Somebody signs in by this name already'],
  weak_password: [422, 'A password has 12 to 128 characters, is no common or leaked one and does not hold the name'],
  unknown_session: [404, 'There is no such session'],
  sso_not_offered: [409, 'Single sign-on is not set up on this server, or not under this address'],
  sso_away: [502, 'The single sign-on provider does not answer: try again later'],
  sso_connected: [409, 'Single sign-on is connected already: remove that connection first'],
  sso_not_connected: [404, 'Single sign-on is not connected'],
  owner_exists: [409, 'There are accounts already: say whose sign-in link to make'],
  unknown_account: [404, 'There is no such account, or it is disabled'],
  own_roles: [403, 'Nobody changes their own roles, shuts themselves out or makes themselves a link'],
  last_administrator: [409, 'Nobody else could do this job: name another account first'],
  unknown_token: [404, 'There is no such API token, or it is revoked already'],
  unknown_role: [422, 'Name at least one role, and only known ones'],
  no_such_role: [404, 'There is no such role that could be changed'],
  role_name_taken: [409, 'Another role has this name already'],
  role_in_use: [409, 'Somebody holds this role: give them another one first'],
  role_changed: [409, 'Somebody else changed this role meanwhile: look again'],
  bad_name: [422, 'A name has 1 to 128 characters'],
});
