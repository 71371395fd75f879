import { defineErrors } from '../../../core/errors';

export const sidebarError = defineErrors('sidebar', {
  bad_url: [422, 'Not the address of a web page'],
  foreign_url: [422, 'The page is not at the address this server is reached at (PUBLIC_URL): nothing is signed for it'],
  no_public_url: [422, 'PUBLIC_URL is not set: for pages elsewhere than on this machine nothing is signed'],
  not_configured: [409, 'The self-built app has no corp id, agent id or secret yet'],
  wecom_refused: [502, 'WeCom refused to answer'],
  wecom_unreachable: [503, 'WeCom did not answer'],
  too_many: [429, 'So many in so short a time: try again later'],
});
