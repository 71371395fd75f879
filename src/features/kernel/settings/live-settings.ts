import type { Config, WecomApp, WecomAppName } from '../../../../config';
import type { SettingName } from '../../../../config/schema';
import { seconds } from '../../../core/clock';
import { messageOf } from '../../../core/errors';
import type { Logger } from '../../../core/logger';
import type { Vault } from '../../../core/vault';
import type { Database } from '../../../db/database';
import { isSettable, type SettableName, type SettingValue, valuesOf, withValues } from './setting-values';
import { createSettingStore, type SealedSetting } from './settings.store';

interface Deps {
  config: Config;
  db: Database;
  vault: Vault;
  logger: Pick<Logger, 'warn' | 'error'>;
}

type StoredValues = ReadonlyMap<SettableName, string>;

export type LiveSettings = ReturnType<typeof createLiveSettings>;

const readEveryMs = seconds(2);

/**
 * The settings as they count now: those of the environment, and where it leaves one open, the one set in the console
 * (design 5.2). Before `start` or `refresh`, and in the sandbox, they are those of the environment alone.
 */
export function createLiveSettings(deps: Deps) {
  const { config, logger } = deps;
  const live = config.wecom.mode === 'live';
  const readNews = createReader(deps);
  let stored: StoredValues = new Map();
  let current = config;
  let away = false;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let tail = Promise.resolve();

  async function read(): Promise<void> {
    try {
      const news = await readNews();
      away = false;
      if (!news) return;
      stored = news;
      current = withValues(config, stored);
    } catch (error) {
      if (!away) logger.warn('the settings cannot be read; the last known ones stay', { error: messageOf(error) });
      away = true;
    }
  }

  /** Reads what is stored now, after any read under way. When the database is away, the last known values stay. */
  function refresh(): Promise<void> {
    if (live) tail = tail.then(read);
    return tail;
  }

  async function poll(): Promise<void> {
    await refresh();
    if (!stopped) timer = setTimeout(() => void poll(), readEveryMs);
  }

  return {
    refresh,
    /** Reads once, then every two seconds until `stop`. */
    start: poll,
    async stop(): Promise<void> {
      stopped = true;
      clearTimeout(timer);
      await tail;
    },

    get: (name: SettingName): SettingValue => valuesOf(current)[name],
    /** Whether the value that counts was set in the console. */
    isStored: (name: SettingName): boolean => isSettable(name) && stored.has(name),
    /** Whether the console may set it. */
    isEditable: (name: SettingName): boolean => live && isSettable(name) && !config.given.has(name),
    /** The same object until a setting changes. */
    wecomApp: (name: WecomAppName): WecomApp => current.wecom.apps[name],
    agentId: (): number | undefined => current.wecom.agentId,
  };
}

/** Reads the stored values that count; undefined when nothing changed since the last time. */
function createReader({ config, db, vault, logger }: Deps): () => Promise<StoredValues | undefined> {
  const store = createSettingStore({ db, vault });
  let lastRead = '';

  /** What cannot be opened is not set, and the rest of the server goes on. */
  function opened(row: SealedSetting): [SettableName, string][] {
    const { name } = row;
    if (!isSettable(name) || config.given.has(name)) return [];
    try {
      return [[name, store.open(row)]];
    } catch (error) {
      logger.error('a stored setting cannot be opened: set it again', { setting: name, error: messageOf(error) });
      return [];
    }
  }

  return async () => {
    const rows = await store.read();
    const text = JSON.stringify(rows);
    if (text === lastRead) return undefined;
    lastRead = text;
    return new Map(rows.flatMap(opened));
  };
}
