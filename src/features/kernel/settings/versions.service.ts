import type { SettingName } from '../../../../config/schema';
import { counterIn, toPage } from '../../../core/paging';
import type { Vault } from '../../../core/vault';
import type { Database } from '../../../db/database';
import { iso } from '../../../http/schema';
import type { LiveSettings } from './live-settings';
import type { VersionPage, VersionQuery } from './settings.schema';
import { createVersionStore, type VersionRow } from './versions.store';

interface Deps {
  db: Database;
  vault: Vault;
  live: Pick<LiveSettings, 'isEditable'>;
  catalogue: { about(name: SettingName): { secret: boolean } };
}

/** What every setting was, and who made it so. A secret is shown by its fingerprint only. */
export function createSettingHistory({ db, vault, live, catalogue }: Deps) {
  const versions = createVersionStore({ db, vault });

  /** Undefined: it cannot be opened, so one cannot go back to it either. */
  function opened({ name, version }: VersionRow, sealed: string | null): string | null | undefined {
    if (sealed === null) return null;
    try {
      return versions.open(name, version, sealed);
    } catch {
      return undefined;
    }
  }

  function toView(row: VersionRow): VersionPage['items'][number] {
    const name = row.name as SettingName;
    const { secret } = catalogue.about(name);
    const value = opened(row, row.value);
    const previous = opened({ ...row, version: row.version - 1 }, row.previous_value);
    const current = row.version === row.newest;
    return {
      id: row.id,
      name,
      version: row.version,
      kind: row.kind,
      secret,
      value: secret ? null : (value ?? null),
      previous_value: secret ? null : (previous ?? null),
      fingerprint: row.fingerprint,
      previous_fingerprint: row.previous_fingerprint,
      restored_from: row.restored_from,
      changed_at: iso(row.changed_at),
      changed_by: row.changed_by,
      current,
      restorable: !current && value !== undefined && live.isEditable(name),
    };
  }

  return {
    newest: versions.newest,

    /** Newest first. @throws paging.bad_cursor */
    async list({ name, limit, cursor }: VersionQuery): Promise<VersionPage> {
      const before = cursor === undefined ? undefined : counterIn(cursor);
      const rows = await versions.list({ name, before, limit: limit + 1 });
      return toPage(rows, limit, (row) => [row.id], toView);
    },
  };
}
