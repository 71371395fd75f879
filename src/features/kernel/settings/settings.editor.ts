import { z } from 'zod';
import type { Config, WecomAppName } from '../../../../config';
import type { SettingName } from '../../../../config/schema';
import type { Vault } from '../../../core/vault';
import { type Database, toDate } from '../../../db/database';
import { fieldFaults, httpError } from '../../../http/errors';
import { isUniqueViolation } from '../../../jobs/sql';
import type { AuditService } from '../audit';
import type { LiveSettings } from './live-settings';
import { appsWithTokensOf, isSettable, type SettableName } from './setting-values';
import type { ChangeKind } from './settings.entity';
import { settingsError } from './settings.errors';
import { createSettingStore } from './settings.store';
import { createVersionStore } from './versions.store';

export interface EditorDeps {
  config: Pick<Config, 'given' | 'wecom'>;
  db: Database;
  vault: Vault;
  audit: Pick<AuditService, 'record'>;
  live: Pick<LiveSettings, 'refresh' | 'isConnected'>;
  catalogue: {
    /** What each setting must look like. */
    shapes: Readonly<Record<SettingName, z.ZodType>>;
    about(name: SettingName): { secret: boolean };
  };
  /** Forgets the WeCom token of an application, after its secret changed. */
  resetToken(app: WecomAppName): Promise<void>;
}

/** Who changes a setting, for the audit trail; and the version they looked at, where they say so. */
export interface Editor {
  actor: string;
  address: string;
  version?: number | undefined;
}

interface Change {
  kind: ChangeKind;
  /** Null clears it. */
  value: string | null;
  restoredFrom?: number;
}

/**
 * Sets what the environment leaves open. Each change is a version with its sealed value, and an audit row in the same
 * transaction that names a secret only by its fingerprint (S16).
 */
export function createSettingsEditor(deps: EditorDeps) {
  const { config, db, live, catalogue, resetToken } = deps;
  const versions = createVersionStore(deps);
  const write = createWriter(deps);

  function settable(name: string): SettableName {
    if (!isSettable(name)) throw settingsError('not_settable');
    if (config.wecom.mode === 'sandbox') throw settingsError('sandbox');
    if (config.given.has(name)) throw settingsError('given_by_environment');
    if (name === 'WECOM_CORP_ID' && live.isConnected()) throw settingsError('connected');
    return name;
  }

  /** Counts here at once; other processes read it within two seconds, and know by the secret that a token is old. */
  async function apply(changes: [SettableName, Change][], editor: Editor): Promise<void> {
    const changed = await db
      .transact(() => writeAll(changes, editor))
      .catch((error: unknown) => {
        // Two who change one setting at once write the same version: only one of them can.
        throw isUniqueViolation(error) ? httpError('stale_version') : error;
      });
    if (changed.length === 0) return;
    await live.refresh();
    for (const app of new Set(changed.flatMap(appsWithTokensOf))) await resetToken(app);
  }

  async function writeAll(changes: [SettableName, Change][], editor: Editor): Promise<SettableName[]> {
    const changed: SettableName[] = [];
    for (const [name, change] of changes) if (await write(name, change, editor)) changed.push(name);
    return changed;
  }

  async function valueAt(name: SettableName, version: number): Promise<string | null> {
    const found = await versions.find(name, version);
    if (!found) throw settingsError('no_version');
    if (found.value === null) return null;
    try {
      return versions.open(name, version, found.value);
    } catch {
      throw settingsError('version_sealed');
    }
  }

  return {
    /**
     * @throws settings.not_settable, sandbox, given_by_environment, connected; http.stale_version when somebody else was first;
     * http.validation that names the field `value`
     */
    async set(name: string, value: string, editor: Editor): Promise<SettableName> {
      const setting = settable(name);
      await apply([[setting, { kind: 'set', value: checked(catalogue.shapes[setting], value) }]], editor);
      return setting;
    },

    /** Sets several or none. @throws as `set` */
    async setTogether(values: Partial<Record<SettingName, string>>, editor: Editor): Promise<void> {
      const changes = Object.entries(values).map(([name, value]): [SettableName, Change] => {
        const setting = settable(name);
        return [setting, { kind: 'set', value: checked(catalogue.shapes[setting], value) }];
      });
      await apply(changes, editor);
    },

    /** Clearing what is not set is no fault and leaves no trace. @throws as `set` */
    clear: async (name: string, editor: Editor): Promise<void> =>
      apply([[settable(name), { kind: 'clear', value: null }]], editor),

    /** Goes back to an earlier version, as a new one. @throws as `set`; settings.no_version, version_sealed */
    async restore(name: string, from: number, editor: Editor): Promise<SettableName> {
      const setting = settable(name);
      const value = await valueAt(setting, from);
      await apply([[setting, { kind: 'restore', value, restoredFrom: from }]], editor);
      return setting;
    },
  };
}

/** Writes value, version and audit row. Call it in a transaction. @returns false when there was nothing to change */
function createWriter({ db, vault, audit, catalogue }: EditorDeps) {
  const store = createSettingStore({ db, vault });
  const versions = createVersionStore({ db, vault });

  /** Null as well for a value that was damaged: it must not stand in the way of a new one. */
  async function valueNow(name: SettableName): Promise<string | null> {
    const found = await store.find(name);
    try {
      return found ? store.open(found) : null;
    } catch {
      return null;
    }
  }

  /** What was stored before versions were kept becomes the first of them. @returns the newest version */
  async function newest(name: SettableName, value: string | null): Promise<number> {
    const known = await versions.newestOf(name);
    const found = known === 0 && value !== null ? await store.find(name) : undefined;
    if (!found) return known;
    const { updated_at, updated_by: by } = found;
    await versions.add({ name, version: 1, kind: 'found', value, at: toDate(updated_at), by });
    return 1;
  }

  const shown = (name: SettableName, value: string | null): string | null => {
    if (value === null) return null;
    return catalogue.about(name).secret ? versions.fingerprintOf(name, value) : value;
  };

  async function put(
    name: SettableName,
    { kind, value, restoredFrom }: Change,
    version: number,
    by: string,
  ): Promise<void> {
    await versions.add({ name, version, kind, value, restoredFrom, at: db.now(), by });
    if (value === null) await store.remove(name);
    else await store.put({ name, value, by });
  }

  return async (name: SettableName, change: Change, { actor, address, version: seen }: Editor): Promise<boolean> => {
    const before = await valueNow(name);
    const current = await newest(name, before);
    if (seen !== undefined && seen !== current) throw httpError('stale_version');
    if (change.kind === 'clear' && !(await store.find(name))) return false;
    const version = current + 1;
    await put(name, change, version, actor);
    const from = change.restoredFrom === undefined ? {} : { restored_from: change.restoredFrom };
    const detail = { version, ...from, before: shown(name, before), after: shown(name, change.value) };
    const action = `settings.${change.kind}`;
    await audit.record({ actor, address, action, target: `setting:${name}`, result: 'ok', detail });
    return true;
  };
}

function checked(shape: z.ZodType, value: string): string {
  const { data, error } = z.object({ value: shape }).safeParse({ value });
  if (error) throw httpError('validation', fieldFaults(error));
  return String(data.value);
}
