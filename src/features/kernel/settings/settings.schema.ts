import { z } from 'zod';
import { instant, listQuery, page } from '../../../http/schema';

export const settingParam = z.strictObject({ name: z.string().min(1).max(64) });

/** The version one looked at: a change of another is refused with 409 STALE_VERSION. */
const version = z.number().int().min(0).optional();

/** Pasted values bring blanks along. */
export const newValue = z.strictObject({ value: z.string().trim().min(1).max(512), version });
export const clearQuery = z.strictObject({ version: z.coerce.number().int().min(0).optional() });
export const newRestoration = z.strictObject({ from: z.number().int().min(1), version });

export const settingView = z
  .object({
    name: z.string(),
    about: z.string(),
    secret: z.boolean(),
    source: z.enum(['environment', 'database', 'default', 'unset']),
    value: z.string().nullable().openapi({ description: 'null for secrets, which are never shown' }),
    editable: z.boolean().openapi({ description: 'whether it may be set here' }),
    version: z.number().openapi({ description: 'how often it was changed here' }),
  })
  .openapi('Setting');

export const settingsView = z
  .object({
    mode: z.enum(['sandbox', 'live']),
    corp_id: z.string().openapi({ description: 'empty until a company was connected or typed' }),
    connected: z.boolean().openapi({ description: 'whether this database belongs to a company' }),
    version: z.string(),
    public_url: z.string().nullable(),
    settings: z.array(settingView),
    callbacks: z.array(
      z.object({
        receiver: z.enum(['agent', 'contacts', 'archive']),
        url: z.string(),
        configured: z.boolean(),
        verified_at: instant.nullable().openapi({ description: 'when WeCom last checked the address' }),
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

export const versionQuery = listQuery({ name: z.string().min(1).max(64).optional() });
export type VersionQuery = z.output<typeof versionQuery>;

const settingVersion = z
  .object({
    id: z.number(),
    name: z.string(),
    version: z.number(),
    kind: z.enum(['found', 'set', 'clear', 'restore']),
    secret: z.boolean(),
    value: z.string().nullable().openapi({ description: 'null for secrets, and where it was cleared' }),
    previous_value: z.string().nullable(),
    fingerprint: z.string().nullable().openapi({ description: 'keyed: equal values have equal ones' }),
    previous_fingerprint: z.string().nullable(),
    restored_from: z.number().nullable(),
    changed_at: instant,
    changed_by: z.string(),
    current: z.boolean(),
    restorable: z.boolean().openapi({ description: 'whether one can go back to it' }),
  })
  .openapi('SettingVersion');

export const versionPage = page(settingVersion);
export type VersionPage = z.input<typeof versionPage>;

export const callbackKeysFor = z.strictObject({ receiver: z.enum(['agent', 'contacts', 'archive']) });
export const callbackKeys = z
  .object({ url: z.string(), token: z.string(), aes_key: z.string() })
  .openapi('CallbackKeys', { description: 'shown this once, for the admin console of WeCom' });
