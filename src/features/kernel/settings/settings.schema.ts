import { z } from 'zod';
import { instant } from '../../../http/schema';

export const settingsView = z
  .object({
    mode: z.enum(['sandbox', 'live']),
    corp_id: z.string(),
    version: z.string(),
    settings: z.array(
      z.object({
        name: z.string(),
        about: z.string(),
        secret: z.boolean(),
        source: z.enum(['environment', 'default', 'unset']),
        value: z.string().nullable().openapi({ description: 'null for secrets, which are never shown' }),
      }),
    ),
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
