import type { components, paths } from './schema';

type Schemas = components['schemas'];

export type Staff = Schemas['Staff'];
export type Department = Schemas['Department'];
export type ExternalContact = Schemas['ExternalContact'];
export type ExternalContactDetail = Schemas['ExternalContactDetail'];
export type Relation = Schemas['Relation'];
export type RelationHistoryEntry = Schemas['RelationHistoryEntry'];
export type GroupChat = Schemas['GroupChat'];
export type GroupChatDetail = Schemas['GroupChatDetail'];
export type GroupChatHistoryEntry = Schemas['GroupChatHistoryEntry'];
export type CorpTagGroup = Schemas['CorpTagGroup'];
export type InboxEvent = Schemas['InboxEvent'];
export type InboxEventDetail = Schemas['InboxEventDetail'];
export type Difference = Schemas['Difference'];
export type Conversation = Schemas['Conversation'];
export type ArchivedMessage = Schemas['ArchivedMessage'];
export type ArchivedItem = Schemas['ArchivedItem'];
export type ArchivedMedia = ArchivedMessage['media'][number];
export type ArchiveKey = Schemas['ArchiveKey'];
export type FoundMessage = Schemas['FoundMessage'];
export type ArchiveStatus = Schemas['ArchiveStatus'];
export type ArchiveGap = Schemas['ArchiveGap'];
export type ArchiveDay = Schemas['ArchiveDay'];
export type ArchiveVerdict = NonNullable<Schemas['ArchiveVerdict']>;
export type WordList = Schemas['WordList'];
export type ArchiveSupervision = Schemas['ArchiveSupervision'];
export type SupervisionCoverage = Schemas['SupervisionCoverage'];
export type Review = Schemas['Review'];
/** The contract describes the messages in words only: they are those of a conversation. */
export type OpenedReview = Omit<Schemas['OpenedReview'], 'messages'> & { messages: ArchivedMessage[] };
export type ReviewStep = OpenedReview['steps'][number];
export type ReviewProfile = Schemas['ReviewProfile'];
export type ReviewSample = Schemas['ReviewSample'];
export type ArchiveExport = Schemas['ArchiveExport'];
export type LegalHold = Schemas['LegalHold'];
export type RetentionRule = Schemas['RetentionRule'];
export type ArchivePurge = Schemas['ArchivePurge'];
export type ArchiveErasure = Schemas['ArchiveErasure'];
export type Rule = Schemas['Rule'];
export type RuleDefinition = Schemas['RuleDefinition'];
export type RuleMatcher = RuleDefinition['matchers'][number];
export type RuleDryRun = Schemas['RuleDryRun'];
export type Interception = Schemas['Interception'];
export type OpenedInterception = Schemas['OpenedInterception'];
export type Dictionary = Schemas['Dictionary'];
export type DictionaryItem = Schemas['DictionaryItem'];
export type Category = Schemas['Category'];
export type NumberSeries = Schemas['NumberSeries'];
export type NumberPart = Schemas['NumberPart'];
export type Run = Schemas['Run'];
export type User = Schemas['User'];
export type Approval = Schemas['Approval'];
export type AuditExport = Schemas['AuditExport'];
export type Role = Schemas['Role'];
export type RoleKey = Role['key'];
export type ApiToken = Schemas['ApiToken'];
export type ReportingEdge = Schemas['ReportingEdge'];
export type Collaborator = Schemas['Collaborator'];
/** The generator writes a nullable reference as an intersection that nothing fits; it is a run or nothing. */
export type Overview = Omit<Schemas['Overview'], 'last_sync' | 'last_reconciliation'> & {
  last_sync: Run | null;
  last_reconciliation: Run | null;
};
export type DeviceConnector = Schemas['DeviceConnector'];
export type DataKey = Schemas['DataKey'];
export type Backups = Schemas['Backups'];
export type Settings = Schemas['Settings'];
export type SettingVersion = Schemas['SettingVersion'];
export type DoctorReport = Schemas['DoctorReport'];
export type CallbackKeys = Schemas['CallbackKeys'];
export type SettingsTest = Schemas['SettingsTest'];
export type Notification = Schemas['Notification'];
export type NotificationPreferences = Schemas['NotificationPreferences'];
export type Webhook = Schemas['Webhook'];
export type WebhookDelivery = Schemas['WebhookDelivery'];
export type WebhookDeliveryDetail =
  paths['/webhook-deliveries/{id}']['get']['responses'][200]['content']['application/json'];
export type AuditEvent = Schemas['AuditEvent'];
/** As with `Overview`: the generator cannot say "or null" of a reference. */
export type AuditStatus = Omit<Schemas['AuditStatus'], 'last_verification'> & {
  last_verification: Schemas['AuditVerification'] | null;
};
