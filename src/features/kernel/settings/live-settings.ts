import type { Config, WecomApp, WecomAppName } from '../../../../config';
import type { SettingName } from '../../../../config/schema';
import { seconds } from '../../../core/clock';
import { messageOf } from '../../../core/errors';
import type { Logger } from '../../../core/logger';
import type { Vault } from '../../../core/vault';
import type { Database } from '../../../db/database';
import { createCompany } from './company';
import {
  isSettable,
  partsOf,
  type SettableName,
  type SettingValue,
  valuesOf,
  verifyFilesIn,
  withValues,
} from './setting-values';
import { createSettingStore, type SealedSetting } from './settings.store';

interface Deps {
  config: Config;
  db: Database;
  vault: Vault;
  logger: Pick<Logger, 'warn' | 'error'>;
}

interface StoredValues {
  values: ReadonlyMap<SettableName, string>;
  /** The company this database belongs to; empty until one was connected. */
  company: string;
}

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
  let stored: StoredValues = { values: new Map(), company: config.wecom.corpId };
  let current = config;
  let verifyFiles = verifyFilesIn(config.wecom.verifyFiles);
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
      const { values, company } = stored;
      current = withValues(config, company === '' ? values : new Map([...values, ['WECOM_CORP_ID', company]]));
      verifyFiles = verifyFilesIn(current.wecom.verifyFiles);
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
    isStored: (name: SettingName): boolean => isSettable(name) && stored.values.has(name),
    /** Whether the console may set it. */
    isEditable: (name: SettingName): boolean =>
      live && isSettable(name) && !config.given.has(name) && (name !== 'WECOM_CORP_ID' || stored.company === ''),
    /** Whether this database belongs to a company. Without one the wizard asks for it. */
    isConnected: (): boolean => stored.company !== '',
    /** Of the company this database belongs to, or, before that, the one that was typed; empty without either. */
    corpId: (): string => current.wecom.corpId,
    /** The same object until a setting changes. */
    wecomApp: (name: WecomAppName): WecomApp => current.wecom.apps[name],
    agentId: (): number | undefined => current.wecom.agentId,
    /** What a file that proves who owns the domain holds; undefined when there is no such file. */
    verifyFile: (name: string): string | undefined => verifyFiles.get(name),
    /** Addresses this server calls WeCom from, as somebody wrote them down. */
    egressAddresses: (): string[] => partsOf(current.http.egressAddresses),
  };
}

/** Reads the stored values that count; undefined when nothing changed since the last time. */
function createReader({ config, db, vault, logger }: Deps): () => Promise<StoredValues | undefined> {
  const store = createSettingStore({ db, vault });
  const company = createCompany(db);
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
    const corpId = config.wecom.corpId || (await company.corpId());
    const text = JSON.stringify([rows, corpId]);
    if (text === lastRead) return undefined;
    lastRead = text;
    return { values: new Map(rows.flatMap(opened)), company: corpId };
  };
}
