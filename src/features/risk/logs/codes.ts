import type { SecuritySource } from './security-record.entity';

/** Numbers of WeCom's logs (violations §1.2–1.4). */
export interface CodeSet {
  source: SecuritySource;
  /** `detail` of the administrators' log, `type` of all others. */
  codes: readonly number[];
}

const admin = (...codes: number[]): CodeSet => ({ source: 'admin_log', codes });
const member = (...codes: number[]): CodeSet => ({ source: 'member_log', codes });
const file = (...codes: number[]): CodeSet => ({ source: 'file_record', codes });

/** A member deleted somebody outside. */
export const contactDeleted = 2;

/** What is carried out of the company. 153 and 154 are the forwards of smart documents. */
export const carried = {
  address_book_exported: admin(30, 180),
  company_data_exported: admin(63, 120, 182),
  records_exported: admin(89, 90, 91, 92, 133, 134),
  files_to_wechat: file(134, 154),
  files_mailed: file(140),
  files_to_wecom: file(112, 153),
  screens_captured: { source: 'screen_record', codes: [1, 2] },
} as const satisfies Record<string, CodeSet>;
export type Carried = keyof typeof carried;

/** What else tells of somebody who is about to go, or covers traces. */
const besides = {
  files_deleted: file(109, 111),
  new_devices: member(4, 13),
  phones_changed: member(5),
  wechat_rebound: member(6, 7),
  contacts_deleted: member(contactDeleted),
} as const satisfies Record<string, CodeSet>;

export const filesDeleted: CodeSet = besides.files_deleted;

export const signs = { ...carried, ...besides };
export type SecuritySign = keyof typeof signs;

/** Acts of administrators by which the archive, or what we hear of the company, is cut off. */
export const evasions: Readonly<Record<number, string>> = {
  119: 'contact_permissions',
  135: 'archive_addresses',
  136: 'archive_key',
  137: 'archive_calls',
  138: 'archive_file_helper',
  139: 'archive_notice',
  140: 'archive_scope',
  141: 'archive_limit',
  146: 'interception_words',
  159: 'secret_viewed',
  160: 'callback_set',
  161: 'secret_reset',
  185: 'secret_disabled',
  186: 'callback_disabled',
};

/** Whether a line is one of these. */
export const isOf = (
  { source, codes }: CodeSet,
  row: { source: SecuritySource; type: number; detail_type: number | null },
): boolean =>
  row.source === source && codes.includes((source === 'admin_log' ? row.detail_type : row.type) ?? Number.NaN);
