import { archiveKinds } from './archive-kinds';
import type { Kind } from './kind';
import type { Channel, Mode } from './notifications.entity';

/** Everything there is to be told: event → template → audience. */
export const kinds = {
  difference_confirmed: {
    audience: 'superiors',
    mandatory: false,
    link: '/sync?tab=differences',
    params: ['userid', 'difference'],
    'zh-CN': {
      title: '对账确认了差异',
      text: '成员 {userid} 的客户关系与企业微信不一致（{difference}），已由第二次读取确认。',
    },
    en: {
      title: 'A difference was confirmed',
      text: 'The relations of {userid} differ from WeCom ({difference}); a second read confirmed it.',
    },
  },
  scope_changed: {
    audience: { roles: ['system_admin', 'compliance_officer'] },
    mandatory: true,
    link: '/sync?tab=differences',
    params: ['count'],
    'zh-CN': {
      title: '对账时大量数据同时消失，已暂缓处理',
      text: '有 {count} 处一次消失过多，可能是可见范围、授权或密钥变了，也可能真的被删。请核对后处理。',
    },
    en: {
      title: 'Much vanished at once and is held back',
      text: 'In {count} places too much vanished at once: the visible range, a licence or a secret may have changed, or it was really deleted. Look into it.',
    },
  },
  finding_raised: {
    audience: { roles: ['compliance_officer'], superiors: true },
    mandatory: true,
    link: '/findings',
    params: ['userid', 'times', 'detector', 'severity'],
    'zh-CN': { title: '发现风险', text: '成员 {userid}：{times}{detector}（{severity}）。请查看并处理。' },
    en: { title: 'A risk was found', text: '{userid}: {times}{detector} ({severity}). Look at it and decide.' },
  },
  finding_escalated: {
    audience: 'level',
    mandatory: true,
    link: '/findings',
    params: ['userid', 'times', 'detector', 'severity'],
    'zh-CN': {
      title: '风险超时未处理，已上报给你',
      text: '成员 {userid}：{times}{detector}（{severity}），其直属上级尚未查看。请查看并处理。',
    },
    en: {
      title: 'A risk that nobody looked at comes to you',
      text: '{userid}: {times}{detector} ({severity}). Those below you have not looked at it. Look at it and decide.',
    },
  },
  // Administrators see no business: whom it is about is not said.
  finding_unattended: {
    audience: { roles: ['compliance_officer', 'security_admin', 'system_admin'] },
    mandatory: true,
    link: '/findings',
    params: ['times', 'detector', 'severity'],
    'zh-CN': {
      title: '风险逐级上报后仍无人处理',
      text: '{times}{detector}（{severity}）：各级上级都没有查看。请合规专员处理。',
    },
    en: {
      title: 'A risk that nobody looked at has reached the top',
      text: '{times}{detector} ({severity}): no superior has looked at it. It is for compliance to decide.',
    },
  },
  staff_left: {
    audience: 'line',
    mandatory: true,
    link: '/handover/departures',
    params: ['userid', 'contacts', 'groups'],
    'zh-CN': {
      title: '成员已离职，请安排交接',
      text: '成员 {userid} 已离职，名下还有 {contacts} 位客户、{groups} 个客户群待交接。',
    },
    en: {
      title: 'Somebody left: arrange the handover',
      text: '{userid} left. {contacts} external contacts and {groups} group chats wait to be handed over.',
    },
  },
  handover_ended: {
    audience: 'account',
    mandatory: false,
    link: '/handover/plans',
    params: ['name', 'taken', 'left'],
    'zh-CN': { title: '交接已结束', text: '“{name}”：{taken} 项已由同事接替，{left} 项未成功。' },
    en: { title: 'A handover has ended', text: '“{name}”: {taken} taken over by colleagues, {left} not.' },
  },
  handover_received: {
    audience: 'account',
    mandatory: false,
    link: '/external-contacts',
    params: ['contacts', 'groups'],
    'zh-CN': { title: '有客户交接给你', text: '{contacts} 位客户、{groups} 个客户群已转到你名下，请尽快联系。' },
    en: {
      title: 'Customers are yours now',
      text: '{contacts} customers and {groups} group chats came to you. Say hello soon.',
    },
  },
  departure_overdue: {
    audience: 'line',
    mandatory: true,
    link: '/handover/departures',
    params: ['userid', 'contacts', 'groups', 'subjects'],
    'zh-CN': {
      title: '离职超过 3 天仍未交接完',
      text: '成员 {userid} 名下还有 {contacts} 位客户、{groups} 个客户群、{subjects} 项待办。请尽快交接。',
    },
    en: {
      title: 'A handover is overdue: three days since they left',
      text: '{userid} still has {contacts} external contacts, {groups} group chats and {subjects} other things. Hand them over.',
    },
  },
  run_failed: {
    audience: { roles: ['system_admin'] },
    mandatory: false,
    link: '/sync',
    params: ['run'],
    'zh-CN': { title: '任务失败', text: '任务 {run} 没有完成，请查看原因。' },
    en: { title: 'A run failed', text: 'The run {run} did not finish. See why.' },
  },
  backup_failed: {
    audience: { roles: ['system_admin'] },
    mandatory: true,
    link: '/settings',
    params: [],
    'zh-CN': { title: '备份失败', text: '最近一次备份没有完成。请检查备份目录与磁盘空间。' },
    en: { title: 'A backup failed', text: 'The last backup did not finish. Check its folder and the disk.' },
  },
  backup_overdue: {
    audience: { roles: ['system_admin'] },
    mandatory: true,
    link: '/settings',
    params: ['detail'],
    'zh-CN': { title: '备份已过期', text: '最近的有效备份太旧：{detail}。' },
    en: { title: 'Backups are overdue', text: 'The newest good backup is too old: {detail}.' },
  },
  wecom_refused: {
    audience: { roles: ['system_admin'] },
    mandatory: true,
    link: '/settings',
    params: ['detail'],
    'zh-CN': { title: '企业微信拒绝了设置', text: '请核对应用密钥与企业 ID：{detail}。' },
    en: { title: 'WeCom refuses the settings', text: 'Check secrets and corp id: {detail}.' },
  },
  webhook_disabled: {
    audience: 'account',
    mandatory: true,
    link: '/settings/webhooks',
    params: ['host', 'reason'],
    'zh-CN': { title: 'Webhook 已自动停用', text: '发往 {host} 的 Webhook 已停用（{reason}）。' },
    en: { title: 'A webhook was switched off', text: 'The webhook to {host} was switched off ({reason}).' },
  },
  audit_broken: {
    audience: { roles: ['system_admin', 'security_admin', 'compliance_officer'] },
    mandatory: true,
    link: '/audit',
    params: [],
    'zh-CN': { title: '审计核验未通过', text: '证据链与数据不一致，可能有人改动过记录。请立即查看。' },
    en: { title: 'The audit trail does not verify', text: 'Records may have been changed. Look at once.' },
  },
  ...archiveKinds,
  new_sign_in: {
    audience: 'account',
    mandatory: true,
    link: '/account',
    params: ['address'],
    'zh-CN': { title: '从新地址登录', text: '你的账号从新的网络地址 {address} 登录。若非本人，请立即结束该登录。' },
    en: {
      title: 'Sign-in from a new address',
      text: 'Your account signed in from {address}. If it was not you, end that session.',
    },
  },
  roles_changed: {
    audience: 'account',
    mandatory: true,
    link: '/account',
    params: ['actor'],
    'zh-CN': { title: '你的角色已更改', text: '{actor} 更改了你的角色，请重新登录。' },
    en: { title: 'Your roles were changed', text: '{actor} changed your roles. Sign in again.' },
  },
  watch_lowered: {
    audience: { roles: ['compliance_officer', 'security_admin'] },
    mandatory: true,
    link: '/audit',
    params: ['actor', 'watch', 'name'],
    'zh-CN': { title: '有内容规则或敏感词表被停用', text: '{actor} 停用了{watch}“{name}”。若不知情，请核实。' },
    en: {
      title: 'A rule or word list was switched off',
      text: '{actor} switched off {watch} “{name}”. Ask why if nobody knows.',
    },
  },
  api_token_issued: {
    audience: { roles: ['security_admin'] },
    mandatory: true,
    link: '/access?tab=tokens',
    params: ['actor', 'token'],
    'zh-CN': { title: '签发了 API 令牌', text: '{actor} 签发了 {token}。若不知情，请吊销。' },
    en: { title: 'An API token was issued', text: '{actor} issued {token}. Revoke it if nobody knows why.' },
  },
} as const satisfies Record<string, Kind>;

export type KindName = keyof typeof kinds;
export const kindNames = Object.keys(kinds) as [KindName, ...KindName[]];
export const kindOf = (name: KindName): Kind => kinds[name];

/** What stands while nobody chose. */
export const defaultModes: Record<Channel, Mode> = { wecom: 'now', mail: 'daily' };
/** What cannot be switched off comes at once. */
export const mandatoryModes: Record<Channel, Mode> = { wecom: 'now', mail: 'now' };
