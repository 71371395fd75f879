import { z } from 'zod';
import { instant } from '../../../http/schema';

export const settingParam = z.strictObject({ name: z.string().min(1).max(64) });

/** Pasted values bring blanks along. */
export const newValue = z.strictObject({ value: z.string().trim().min(1).max(512) });

export const settingView = z
  .object({
    name: z.string(),
    about: z.string(),
    secret: z.boolean(),
    source: z.enum(['environment', 'database', 'default', 'unset']),
    value: z.string().nullable().openapi({ description: 'null for secrets, which are never shown' }),
    editable: z.boolean().openapi({ description: 'whether it may be set here' }),
  })
  .openapi('Setting');

export const settingsView = z
  .object({
    mode: z.enum(['sandbox', 'live']),
    corp_id: z.string(),
    version: z.string(),
    settings: z.array(settingView),
    callbacks: z.array(
      z.object({
        receiver: z.enum(['agent', 'contacts', 'archive']),
        url: z.string(),
        configured: z.boolean(),
        last_event_at: instant.nullable(),
      }),
    ),
  })
  .openapi('Settings');

export const settingsTest = z
  .object({
    items: z.array(
      z.object({
        app: z.enum(['agent', 'contacts', 'archive']),
        outcome: z.enum(['ok', 'failed', 'not_configured']),
        errcode: z.number().nullable(),
        /** What to click. */
        advice: z.object({ zh: z.string(), en: z.string() }).nullable(),
      }),
    ),
  })
  .openapi('SettingsTest');
