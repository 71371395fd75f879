import type { Config, WecomAppName } from '../../../../../config';
import type { Database } from '../../../../db/database';
import type { Pay } from '../../../../pay';
import type { DirectoryApi, ExternalContactApi, PlatformApi, SecretCheck } from '../../../../wecom';
import type { LiveSettings } from '../live-settings';
import type { OwnAddress } from '../own-address';
import type { PlatformNotes } from '../platform-notes';

/** For people, in both languages of the console. */
export interface Words {
  zh: string;
  en: string;
}

/** `skipped`: it does not apply, or something else has to be repaired first. */
export type CheckLevel = 'ok' | 'warn' | 'fail' | 'skipped';
export type CheckArea = 'settings' | 'wecom' | 'callbacks' | 'archive' | 'server';

export interface Outcome {
  level: CheckLevel;
  /** What was found, and why it is so. */
  cause: Words;
  /** What to do, with the menu path of WeCom's admin console where that is the place. */
  action?: Words | undefined;
  errcode?: number | null;
  /** To be pasted there. */
  copy?: readonly string[];
}

/** A check is data: what it is called, and one question. */
export interface Check {
  key: string;
  area: CheckArea;
  title: Words;
  run(round: Round): Promise<Outcome>;
}

/** One examination: what several checks ask is asked once. */
export interface Round {
  signal: AbortSignal;
  /** Undefined where the application has no settings. */
  secret(app: WecomAppName): Promise<SecretCheck | undefined>;
}

export interface DoctorDeps {
  config: Pick<Config, 'dataDir' | 'masterKey' | 'wecom'>;
  db: Database;
  live: LiveSettings;
  wecom: {
    platform: PlatformApi;
    directory: Pick<DirectoryApi, 'staffIds' | 'departments'>;
    externalContacts: Pick<ExternalContactApi, 'followers'>;
  };
  pay: Pick<Pay, 'missing' | 'mchId' | 'gateway'>;
  notes: PlatformNotes;
  address: OwnAddress;
  /** When each receiver was last delivered to. */
  lastReceived: () => Promise<Record<string, Date | null>>;
  /** What people's sidebars failed at. */
  sidebar: { since(at: Date): Promise<{ step: string; code: string; times: number }[]> };
  /** Whether a disaster today would cost a day or everything. */
  backups: {
    newestGood(): Promise<Date | null>;
    recoveryKeySince(): Promise<Date | null>;
    overdueMs(): Promise<number>;
  };
}

export const apps: readonly WecomAppName[] = ['agent', 'contacts', 'archive'];

export const appNames: Readonly<Record<WecomAppName, Words>> = {
  agent: { zh: '自建应用', en: 'self-built app' },
  contacts: { zh: '通讯录同步', en: 'contacts sync' },
  archive: { zh: '会话内容存档', en: 'conversation archive' },
};

export const words = (zh: string, en: string): Words => ({ zh, en });
export const ok = (zh: string, en: string): Outcome => ({ level: 'ok', cause: { zh, en } });
export const skipped = (zh: string, en: string): Outcome => ({ level: 'skipped', cause: { zh, en } });

/** Whether the settings of an application are complete enough to ask WeCom with them. */
export const isConfigured = (live: LiveSettings, app: WecomAppName): boolean =>
  live.corpId() !== '' && live.wecomApp(app).secret !== undefined && (app !== 'agent' || live.agentId() !== undefined);
