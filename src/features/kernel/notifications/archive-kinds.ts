import type { Kind } from './kind';

/** What is told of the conversation archive: that it lags, loses, or cannot be read. */
export const archiveKinds = {
  archive_behind: {
    audience: { roles: ['system_admin'] },
    mandatory: true,
    link: '/archive/health',
    params: ['detail'],
    'zh-CN': { title: '会话存档滞后超过 1 小时', text: '消息没有及时取回：{detail}。' },
    en: { title: 'The archive is an hour behind', text: 'Messages are not fetched in time: {detail}.' },
  },
  archive_late: {
    audience: { roles: ['system_admin', 'compliance_officer'] },
    mandatory: true,
    link: '/archive/health',
    params: ['detail'],
    'zh-CN': { title: '会话存档滞后超过 12 小时', text: '企业微信只保留 5 天，请尽快处理：{detail}。' },
    en: { title: 'The archive is twelve hours behind', text: 'WeCom keeps five days. See to it soon: {detail}.' },
  },
  archive_loss: {
    audience: { roles: ['system_admin', 'security_admin', 'compliance_officer'] },
    mandatory: true,
    link: '/archive/health',
    params: ['detail'],
    'zh-CN': { title: '会话存档即将丢失消息', text: '滞后超过 72 小时，满 5 天的消息无法再取回：{detail}。' },
    en: { title: 'The archive is about to lose messages', text: 'What is five days old cannot be fetched: {detail}.' },
  },
  archive_parked: {
    audience: { roles: ['compliance_officer'] },
    mandatory: false,
    link: '/archive/health',
    params: ['detail'],
    'zh-CN': { title: '有消息无法读取', text: '原文已保留，尚未能打开：{detail}。' },
    en: { title: 'Messages cannot be read', text: 'They are kept as they came: {detail}.' },
  },
  archive_key_missing: {
    audience: { roles: ['security_admin', 'system_admin'] },
    mandatory: true,
    link: '/archive/health',
    params: ['detail'],
    'zh-CN': { title: '会话存档缺少私钥', text: '添加后会自动打开等待中的消息：{detail}。' },
    en: { title: 'A key of the archive is missing', text: 'Add it, and what waits is opened: {detail}.' },
  },
  archive_gap: {
    audience: { roles: ['system_admin', 'compliance_officer'] },
    mandatory: true,
    link: '/archive/health',
    params: ['detail'],
    'zh-CN': { title: '会话存档出现缺口', text: '部分消息在企业微信已过期：{detail}。' },
    en: { title: 'The archive has a gap', text: 'Messages had expired at WeCom: {detail}.' },
  },
  archive_conflict: {
    audience: { roles: ['security_admin', 'compliance_officer'] },
    mandatory: true,
    link: '/archive/health',
    params: ['detail'],
    'zh-CN': { title: '企业微信给出的内容前后不一', text: '两份都已保留：{detail}。' },
    en: { title: 'WeCom contradicts itself', text: 'Both records are kept: {detail}.' },
  },
  archive_broken: {
    audience: { roles: ['system_admin', 'security_admin', 'compliance_officer'] },
    mandatory: true,
    link: '/archive/health',
    params: [],
    'zh-CN': { title: '会话存档核验未通过', text: '存档的消息与证据链不一致，可能有人改动过。请立即查看。' },
    en: { title: 'The archive does not verify', text: 'Messages may have been changed. Look at once.' },
  },
} as const satisfies Record<string, Kind>;
