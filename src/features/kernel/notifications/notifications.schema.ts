import { z } from 'zod';
import { instant, listQuery, page } from '../../../http/schema';
import { kindNames } from './kinds';
import { modes } from './notifications.entity';

const words = z.object({ title: z.string(), text: z.string() });

const notification = z
  .object({
    id: z.string(),
    kind: z.enum(kindNames),
    words: z.object({ 'zh-CN': words, en: words }),
    link: z.string().openapi({ description: 'where in the console it leads' }),
    count: z.number().openapi({ description: 'how many of the same kind it stands for' }),
    created_at: instant,
    read_at: instant.nullable(),
  })
  .openapi('Notification');
export type NotificationView = z.input<typeof notification>;

export const notificationQuery = listQuery({ unread: z.stringbool().optional() });
export type NotificationQuery = z.infer<typeof notificationQuery>;
export const notificationPage = page(notification).extend({ unread: z.number() });
export type NotificationPage = z.input<typeof notificationPage>;
export const unreadCount = z.object({ unread: z.number() });

const mode = z.enum(modes);
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'expected a time such as 22:00');

const settingFields = {
  email: z.email().max(254).nullable(),
  quiet_from: time.nullable(),
  quiet_until: time.nullable(),
  language: z.enum(['zh-CN', 'en']),
};

export const preferencesView = z
  .object({
    ...settingFields,
    channels: z.object({ wecom: z.boolean(), mail: z.boolean() }).openapi({
      description: 'which can reach this account: WeCom needs a staff member, mail an address and SMTP_URL',
    }),
    kinds: z.array(
      z.object({
        kind: z.enum(kindNames),
        title: z.record(z.string(), z.string()),
        mandatory: z.boolean(),
        wecom: mode,
        mail: mode,
      }),
    ),
  })
  .openapi('NotificationPreferences');
export type PreferencesView = z.input<typeof preferencesView>;

export const preferencesBody = z
  .strictObject({
    ...settingFields,
    kinds: z.array(z.strictObject({ kind: z.enum(kindNames), wecom: mode, mail: mode })).max(100),
  })
  .refine(({ quiet_from, quiet_until }) => (quiet_from === null) === (quiet_until === null), {
    path: ['quiet_until'],
    message: 'quiet hours have a beginning and an end',
  });
export type PreferencesBody = z.output<typeof preferencesBody>;
