import { Deployment1763769600000 } from './1763769600000-deployment';
import { Jobs1763769600100 } from './1763769600100-jobs';
import { Wecom1763769600200 } from './1763769600200-wecom';
import { Access1763769600300 } from './1763769600300-access';
import { Relations1763769600400 } from './1763769600400-relations';
import { Inbox1763769600500 } from './1763769600500-inbox';
import { Idempotency1763769600600 } from './1763769600600-idempotency';
import { Settings1763769600700 } from './1763769600700-settings';
import { CorpTagUpdates1763769600800 } from './1763769600800-corp-tag-updates';
import { RelationExtra1763769600900 } from './1763769600900-relation-extra';
import { Evidence1763769601000 } from './1763769601000-evidence';
import { Backups1763769601100 } from './1763769601100-backups';
import { Scope1763769601200 } from './1763769601200-scope';
import { SignIn1763769601300 } from './1763769601300-sign-in';
import { Webhooks1763769601400 } from './1763769601400-webhooks';
import { Notifications1763769601500 } from './1763769601500-notifications';
import { SettingVersions1763769601600 } from './1763769601600-setting-versions';
import { PersonalData1763769601700 } from './1763769601700-personal-data';
import { Approvals1763769601800 } from './1763769601800-approvals';
import { CustomRoles1763769601900 } from './1763769601900-custom-roles';
import { Erasures1763769602000 } from './1763769602000-erasures';
import { SingleSignOn1763769602150 } from './1763769602150-single-sign-on';
import { RunFailures1763769602250 } from './1763769602250-run-failures';
import { Archive1763769603000 } from './1763769603000-archive';
import { ArchiveSearch1763769603100 } from './1763769603100-archive-search';
import { ArchiveMedia1763769603200 } from './1763769603200-archive-media';
import { ArchiveReview1763769603300 } from './1763769603300-archive-review';
import { ArchiveRetention1763769603400 } from './1763769603400-archive-retention';
import { Completeness1763769603500 } from './1763769603500-completeness';
import { Findings1763769604000 } from './1763769604000-findings';
import { Detection1763856000000 } from './1763856000000-detection';
import { Exceptions1763856001000 } from './1763856001000-exceptions';
import { SpotChecks1763856002000 } from './1763856002000-spot-checks';
import { SecurityLogs1763856003000 } from './1763856003000-security-logs';
import { Interception1763856003100 } from './1763856003100-interception';
import { WorkingCalendar1763856004000 } from './1763856004000-working-calendar';
import { Alerts1763856005000 } from './1763856005000-alerts';
import { Rules1763856006000 } from './1763856006000-rules';
import { Departures1763900000000 } from './1763900000000-departures';
import { Handovers1763900001000 } from './1763900001000-handovers';
import { Dictionaries1764000001000 } from './1764000001000-dictionaries';
import { NumberSeries1764000002000 } from './1764000002000-number-series';
import { Records1764000003000 } from './1764000003000-records';
import { Party1764000004000 } from './1764000004000-party';
import { WechatPay1764000010000 } from './1764000010000-wechat-pay';
import { Sidebar1764000020000 } from './1764000020000-sidebar';

/** Every migration, oldest first. */
export const migrations = [
  Deployment1763769600000,
  Jobs1763769600100,
  Wecom1763769600200,
  Access1763769600300,
  Relations1763769600400,
  Inbox1763769600500,
  Idempotency1763769600600,
  Settings1763769600700,
  CorpTagUpdates1763769600800,
  RelationExtra1763769600900,
  Evidence1763769601000,
  Backups1763769601100,
  Scope1763769601200,
  SignIn1763769601300,
  Webhooks1763769601400,
  Notifications1763769601500,
  SettingVersions1763769601600,
  PersonalData1763769601700,
  Approvals1763769601800,
  CustomRoles1763769601900,
  Erasures1763769602000,
  SingleSignOn1763769602150,
  RunFailures1763769602250,
  Archive1763769603000,
  ArchiveSearch1763769603100,
  ArchiveMedia1763769603200,
  ArchiveReview1763769603300,
  ArchiveRetention1763769603400,
  Completeness1763769603500,
  Findings1763769604000,
  Detection1763856000000,
  Exceptions1763856001000,
  SpotChecks1763856002000,
  SecurityLogs1763856003000,
  Interception1763856003100,
  WorkingCalendar1763856004000,
  Alerts1763856005000,
  Rules1763856006000,
  Departures1763900000000,
  Handovers1763900001000,
  Dictionaries1764000001000,
  NumberSeries1764000002000,
  Records1764000003000,
  Party1764000004000,
  WechatPay1764000010000,
  Sidebar1764000020000,
];
