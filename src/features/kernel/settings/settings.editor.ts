import { z } from 'zod';
import type { Config, WecomAppName } from '../../../../config';
import type { SettingName } from '../../../../config/schema';
import type { Vault } from '../../../core/vault';
import type { Database } from '../../../db/database';
import { fieldFaults, httpError } from '../../../http/errors';
import type { AuditService } from '../audit';
import type { LiveSettings } from './live-settings';
import { appWithSecret, isSettable, type SettableName } from './setting-values';
import { settingsError } from './settings.errors';
import { createSettingStore } from './settings.store';

export interface EditorDeps {
  config: Pick<Config, 'given' | 'wecom'>;
  db: Database;
  vault: Vault;
  audit: Pick<AuditService, 'record'>;
  live: Pick<LiveSettings, 'refresh'>;
  /** What each setting must look like. */
  shapes: Readonly<Record<SettingName, z.ZodType>>;
  /** Forgets the WeCom token of an application, after its secret changed. */
  resetToken(app: WecomAppName): Promise<void>;
}

/** Who changes a setting, for the audit trail. */
export interface Editor {
  actor: string;
  address: string;
}

/** Sets what the environment leaves open. The audit row names the setting and never its value (S16). */
export function createSettingsEditor({ config, db, vault, audit, live, shapes, resetToken }: EditorDeps) {
  const store = createSettingStore({ db, vault });

  function settable(name: string): SettableName {
    if (!isSettable(name)) throw settingsError('not_settable');
    if (config.wecom.mode === 'sandbox') throw settingsError('sandbox');
    if (config.given.has(name)) throw settingsError('given_by_environment');
    return name;
  }

  const record = (action: string, name: SettableName, editor: Editor) =>
    audit.record({ ...editor, action, target: `setting:${name}`, result: 'ok' });

  /** Counts here at once; other processes read it within two seconds, and know by the secret that a token is old. */
  async function announce(name: SettableName): Promise<void> {
    await live.refresh();
    const app = appWithSecret(name);
    if (app) await resetToken(app);
  }

  return {
    /** @throws settings.not_settable, sandbox, given_by_environment; http.validation that names the field `value` */
    async set(name: string, value: string, editor: Editor): Promise<SettableName> {
      const setting = settable(name);
      const text = checked(shapes[setting], value);
      await db.transact(async () => {
        await store.put({ name: setting, value: text, by: editor.actor });
        await record('settings.set', setting, editor);
      });
      await announce(setting);
      return setting;
    },

    /** Clearing what is not set is no fault and leaves no trace. @throws as `set` */
    async clear(name: string, editor: Editor): Promise<void> {
      const setting = settable(name);
      const cleared = await db.transact(async () => {
        const removed = await store.remove(setting);
        if (removed) await record('settings.clear', setting, editor);
        return removed;
      });
      if (cleared) await announce(setting);
    },
  };
}

function checked(shape: z.ZodType, value: string): string {
  const { data, error } = z.object({ value: shape }).safeParse({ value });
  if (error) throw httpError('validation', fieldFaults(error));
  return String(data.value);
}
