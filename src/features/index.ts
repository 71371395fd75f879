import type { Entities } from '../db/data-source';
import type { Route } from '../http/route';
import type { Services } from '../services';
import { completenessFeature } from './archive/completeness';
import { consentFeature } from './archive/consent';
import { conversationsFeature } from './archive/conversations';
import { envelopesFeature } from './archive/envelopes';
import { archiveExportsFeature } from './archive/exports';
import { holdsFeature } from './archive/holds';
import { archiveKeysFeature } from './archive/key-ring';
import { mediaFeature } from './archive/media';
import { retentionFeature } from './archive/retention';
import { reviewFeature } from './archive/review';
import { searchFeature } from './archive/search';
import { archiveVerificationFeature } from './archive/verification';
import { wordsFeature } from './archive/words';
import { wechatPayFeature } from './commerce/wechat-pay';
import { departuresFeature } from './handover/departures';
import { handoversFeature } from './handover/handovers';
import { overviewFeature } from './insight/overview';
import { accessFeature } from './kernel/access';
import { approvalsFeature } from './kernel/approvals';
import { auditFeature } from './kernel/audit';
import { backupsFeature } from './kernel/backups';
import { calendarFeature } from './kernel/calendar';
import { categoriesFeature } from './kernel/categories';
import { dictionariesFeature } from './kernel/dictionaries';
import { evidenceFeature } from './kernel/evidence';
import { keysFeature } from './kernel/keys';
import { notificationsFeature } from './kernel/notifications';
import { numberSeriesFeature } from './kernel/number-series';
import { privacyFeature } from './kernel/privacy';
import { recordTypesFeature } from './kernel/record-types';
import { runsFeature } from './kernel/runs';
import { scopeFeature } from './kernel/scope';
import { settingsFeature } from './kernel/settings';
import { sidebarFeature } from './kernel/sidebar';
import { staffFeature } from './kernel/staff';
import { webhooksFeature } from './kernel/webhooks';
import { contactsFeature } from './party/contacts';
import { customersFeature } from './party/customers';
import { leadsFeature } from './party/leads';
import { corpTagsFeature } from './relations/corp-tags';
import { externalContactsFeature } from './relations/external-contacts';
import { groupChatsFeature } from './relations/group-chats';
import { inboxFeature } from './relations/inbox';
import { reconciliationFeature } from './relations/reconciliation';
import { connectorsFeature } from './risk/connectors';
import { crossChecksFeature } from './risk/cross-checks';
import { riskDeskFeature } from './risk/desk';
import { detectionFeature } from './risk/detection';
import { escalationsFeature } from './risk/escalations';
import { findingsFeature } from './risk/findings';
import { interceptionFeature } from './risk/interception';
import { securityLogsFeature } from './risk/logs';
import { replyQualityFeature } from './risk/reply-quality';
import { rulesFeature } from './risk/rules';
import { spotChecksFeature } from './risk/spot-checks';

/** What a feature folder contributes. */
export interface Feature {
  name: string;
  entities: Entities;
  routes(services: Services): Route[];
}

/** The table of contents of the product. */
export const features: Feature[] = [
  accessFeature,
  approvalsFeature,
  auditFeature,
  evidenceFeature,
  staffFeature,
  scopeFeature,
  runsFeature,
  settingsFeature,
  calendarFeature,
  dictionariesFeature,
  categoriesFeature,
  numberSeriesFeature,
  backupsFeature,
  webhooksFeature,
  keysFeature,
  notificationsFeature,
  privacyFeature,
  externalContactsFeature,
  corpTagsFeature,
  groupChatsFeature,
  reconciliationFeature,
  inboxFeature,
  envelopesFeature,
  conversationsFeature,
  archiveKeysFeature,
  searchFeature,
  wordsFeature,
  mediaFeature,
  reviewFeature,
  holdsFeature,
  retentionFeature,
  consentFeature,
  completenessFeature,
  archiveVerificationFeature,
  archiveExportsFeature,
  findingsFeature,
  detectionFeature,
  crossChecksFeature,
  spotChecksFeature,
  connectorsFeature,
  securityLogsFeature,
  interceptionFeature,
  riskDeskFeature,
  rulesFeature,
  escalationsFeature,
  replyQualityFeature,
  departuresFeature,
  handoversFeature,
  recordTypesFeature,
  customersFeature,
  contactsFeature,
  leadsFeature,
  overviewFeature,
  wechatPayFeature,
  sidebarFeature,
];
