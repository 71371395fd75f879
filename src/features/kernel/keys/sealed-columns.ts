/** A column that holds text sealed by the vault, and what each text is bound to. */
export interface SealedColumn {
  table: string;
  column: string;
  /** The column of the primary key. */
  key: string;
  /** The columns whose values, a blank between them, the text is bound to. */
  id: string | readonly string[];
  /** The column it is bound to, where that is another: a secret is sealed before it is taken into use. */
  boundTo?: string;
}

/** Every sealed column of the product (S13). What is not in this list is not sealed anew when keys are rotated (O7). */
export const sealedColumns: readonly SealedColumn[] = [
  { table: 'setting', column: 'value', key: 'name', id: 'name' },
  { table: 'setting_version', column: 'value', key: 'id', id: ['name', 'version'] },
  { table: 'wecom_token', column: 'token', key: 'app', id: 'app' },
  { table: 'totp_factor', column: 'secret', key: 'account_id', id: 'account_id' },
  { table: 'totp_factor', column: 'pending', key: 'account_id', id: 'account_id', boundTo: 'secret' },
  { table: 'webhook_subscription', column: 'secret', key: 'id', id: 'id' },
  { table: 'webhook_subscription', column: 'old_secret', key: 'id', id: 'id', boundTo: 'secret' },
  { table: 'evidence_key', column: 'private_key', key: 'id', id: 'key_id' },
  { table: 'personal_key', column: 'sealed', key: 'subject', id: 'subject' },
  { table: 'staff', column: 'extra', key: 'id', id: 'id' },
  { table: 'external_contact', column: 'extra', key: 'external_userid', id: 'external_userid' },
  { table: 'relation', column: 'personal', key: 'id', id: 'id' },
  { table: 'archive_key', column: 'sealed', key: 'version', id: 'version' },
  { table: 'archive_body_key', column: 'sealed', key: 'id', id: ['conversation_id', 'month'] },
  { table: 'archive_word_list_version', column: 'sealed', key: 'id', id: ['list_id', 'version'] },
  { table: 'risk_rule_version', column: 'sealed', key: 'id', id: ['rule_id', 'version'] },
  { table: 'archive_file', column: 'sealed', key: 'id', id: 'id' },
  { table: 'archive_file', column: 'draft_key', key: 'id', id: 'id' },
  { table: 'archive_file', column: 'qr', key: 'id', id: 'id' },
  { table: 'archive_blob', column: 'sealed', key: 'id', id: 'id' },
  { table: 'archive_sample', column: 'sealed', key: 'id', id: 'id' },
  { table: 'archive_export', column: 'sealed_key', key: 'id', id: 'id' },
  { table: 'security_record_body', column: 'sealed', key: 'digest', id: 'digest' },
  { table: 'customer', column: 'sealed', key: 'id', id: 'id' },
  { table: 'contact', column: 'sealed', key: 'id', id: 'id' },
  { table: 'sales_lead', column: 'sealed', key: 'id', id: 'id' },
  { table: 'pay_notification', column: 'sealed', key: 'id', id: 'notification_id' },
  { table: 'pay_intent', column: 'openid', key: 'id', id: 'id' },
  { table: 'inbox_event', column: 'body', key: 'id', id: 'digest' },
];
