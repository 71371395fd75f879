import type { DetectorCode } from './codes';
import type { EvidenceLevel, Severity } from './finding.entity';

/** Where evidence stands. */
export type EvidenceSource =
  | 'relation_history'
  | 'group_chat_history'
  | 'message'
  | 'consent'
  | 'seat'
  | 'member_log'
  | 'admin_log'
  | 'file_record'
  | 'screen_record'
  | 'device_report'
  | 'spot_check'
  | 'finding';

/** What a finding rests on: where it stands in our tables, and the hash of what stood there then. */
export interface EvidenceRef {
  source: EvidenceSource;
  ref: string;
  hash: string;
}

/** Who found it. */
export interface Finder {
  code: DetectorCode;
  /** Grows with every change of what it finds. */
  version: number;
}

/** A finding about to be written. */
export interface Draft {
  /** What happened, by its own ids and time; the detector's code comes before it. At most 150 signs. */
  key: string;
  evidenceLevel: EvidenceLevel;
  severity: Severity;
  userid?: string | undefined;
  externalUserid?: string | undefined;
  chatId?: string | undefined;
  /** By the event or the message, not by us. */
  occurredAt: Date;
  /** Numbers and codes behind the severity: nothing that was said, no names. */
  features?: Record<string, string | number | boolean | null | readonly string[]>;
  evidence: EvidenceRef[];
}

/** What explains a finding: in words in the console's findings.ts. */
export const explanations = [
  /** The same two were connected again within a day. */
  'readded',
  /** Who ended it was told after all, or a transfer did. */
  'told_late',
  'transferred',
  /** WeCom's list shows it again. */
  'came_back',
  /** What was taken back is in the archive after all. */
  'original_opened',
] as const;

/** A finding that something explains. */
export interface Explained {
  /** As in its draft. */
  key: string;
  by: (typeof explanations)[number];
}
