import type { Mirror } from '../mirror';
import type { notifications as zh } from '../zh-CN/notifications';

export const notifications: Mirror<typeof zh> = {
  title: 'Notifications',
  one: 'Notification',
  tabInbox: 'Received',
  tabPreferences: 'How I am told',
  state: 'State',
  unread: 'Unread',
  about: 'About',
  text: 'Text',
  at: 'Time',
  open: 'Have a look',
  readAll: 'Mark all as read',
  empty: 'No notifications yet',
  emptyHint:
    'Failed runs, differences, the security of your account: what you should know appears here and is kept for 90 days.',
  email: 'Mail address',
  emailHint: 'Left empty, no mail is sent.',
  badEmail: 'This is no mail address.',
  quiet: 'Quiet hours',
  quietHint: 'Shanghai time, may pass midnight. What comes meanwhile is sent together afterwards.',
  language: 'Language of messages',
  noWecom:
    'Your account stands for no member of WeCom, or the app is not configured: you are told here and by mail only.',
  wecom: 'WeCom',
  mail: 'Mail',
  mode: { now: 'At once', daily: 'Daily', off: 'Not' },
  mandatory: 'Always told, cannot be switched off',
  save: 'Save',
  saved: 'Saved',
};
