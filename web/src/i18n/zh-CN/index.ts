import { access } from './access';
import { account } from './account';
import { approvals } from './approvals';
import { archive } from './archive';
import { archiveExports } from './archive-exports';
import { audit } from './audit';
import { common } from './common';
import { connectors } from './connectors';
import { conversations } from './conversations';
import { corpTags } from './corp-tags';
import { doctor } from './doctor';
import { events } from './events';
import { exceptions } from './exceptions';
import { externalContacts } from './external-contacts';
import { faults } from './faults';
import { findingFeatures } from './finding-features';
import { findings } from './findings';
import { groupChats } from './group-chats';
import { handoverDesk } from './handover-desk';
import { handoverPlans } from './handover-plans';
import { holds } from './holds';
import { inbox } from './inbox';
import { interception } from './interception';
import { keys } from './keys';
import { leads } from './leads';
import { messages } from './messages';
import { notices } from './notices';
import { notifications } from './notifications';
import { overview } from './overview';
import { pickLists } from './pick-lists';
import { records } from './records';
import { replyQuality } from './reply-quality';
import { reviews } from './reviews';
import { risk } from './risk';
import { rules } from './rules';
import { search } from './search';
import { securityRecords } from './security-records';
import { settings } from './settings';
import { setup } from './setup';
import { shell } from './shell';
import { sidebar } from './sidebar';
import { signIn } from './sign-in';
import { spotChecks } from './spot-checks';
import { staff } from './staff';
import { states } from './states';
import { supervision } from './supervision';
import { sync } from './sync';
import { table } from './table';
import { variables } from './variables';
import { webhooks } from './webhooks';
import { wordLists } from './word-lists';
import { workingCalendar } from './working-calendar';

/** One area of the console each: `useTranslation('staff')`. */
export const texts = {
  audit,
  access,
  account,
  approvals,
  archive,
  archiveExports,
  common,
  connectors,
  conversations,
  corpTags,
  doctor,
  events,
  exceptions,
  externalContacts,
  faults,
  findingFeatures,
  findings,
  groupChats,
  handoverDesk,
  handoverPlans,
  holds,
  inbox,
  interception,
  keys,
  leads,
  messages,
  notices,
  notifications,
  overview,
  pickLists,
  records,
  replyQuality,
  reviews,
  risk,
  rules,
  search,
  securityRecords,
  settings,
  setup,
  shell,
  sidebar,
  signIn,
  spotChecks,
  staff,
  states,
  supervision,
  sync,
  table,
  variables,
  webhooks,
  wordLists,
  workingCalendar,
};
