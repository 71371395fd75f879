import type { z } from 'zod';
import type { Config, WecomAppName } from '../../../../config';
import type { SettingName } from '../../../../config/schema';
import { seconds } from '../../../core/clock';
import { isoOrNull } from '../../../http/schema';
import type { Advice, PlatformApi } from '../../../wecom';
import { makeCallbackKeys } from './callback-keys';
import { createConnector } from './company';
import { isConfigured } from './doctor/doctor.types';
import type { LiveSettings } from './live-settings';
import type { OwnAddress } from './own-address';
import type { PlatformNotes } from './platform-notes';
import type { SettingValue } from './setting-values';
import { createSettingsEditor, type Editor, type EditorDeps } from './settings.editor';
import type { callbackKeys, settingsTest, settingsView, settingView } from './settings.schema';
import { createSettingHistory } from './versions.service';

type View = z.input<typeof settingsView>;
type SettingView = z.input<typeof settingView>;
type TestResult = z.input<typeof settingsTest>;

interface Deps extends Omit<EditorDeps, 'live' | 'catalogue'> {
  config: Config;
  live: LiveSettings;
  /** The list of settings and what is said of each; features are handed it, as only the entry points read settings. */
  catalogue: {
    names: readonly SettingName[];
    about(name: SettingName): { about: string; secret: boolean };
    shapes: EditorDeps['catalogue']['shapes'];
  };
  /** Of this program. */
  version: string;
  wecom: Pick<PlatformApi, 'testSecret'>;
  address: Pick<OwnAddress, 'base' | 'publicUrl'>;
  notes: Pick<PlatformNotes, 'verifiedAt' | 'noteEgress'>;
  /** When each receiver was last delivered to. */
  lastReceived: () => Promise<Record<string, Date | null>>;
}

export type SettingsService = ReturnType<typeof createSettingsService>;

const apps: readonly WecomAppName[] = ['agent', 'contacts', 'archive'];
/** Somebody waits in front of the screen. */
const patienceMs = seconds(20);

const unreachable: Advice = {
  zh: '无法连接企业微信接口。请检查服务器的网络、DNS 与防火墙，以及 WECOM_API_BASE。',
  en: 'WeCom cannot be reached. Check the network, DNS and firewall of this server, and WECOM_API_BASE.',
};

/** What is configured, and whether it works. Secrets come in and never leave. */
export function createSettingsService(deps: Deps) {
  const { config, live, catalogue, version, wecom, lastReceived, address, notes } = deps;
  const viewOf = describer(deps);
  const editor = createSettingsEditor(deps);
  const history = createSettingHistory(deps);
  const connect = createConnector(deps);

  async function callbacks(): Promise<View['callbacks']> {
    const last = await lastReceived();
    const verified = await notes.verifiedAt();
    return apps.map((receiver) => {
      const { callbackToken, callbackAesKey } = live.wecomApp(receiver);
      return {
        receiver,
        url: `${address.base()}/callbacks/wecom/${receiver}`,
        configured: Boolean(callbackToken && callbackAesKey),
        verified_at: isoOrNull(verified.get(receiver) ?? null),
        last_event_at: last[receiver]?.toISOString() ?? null,
      };
    });
  }

  async function testOne(app: WecomAppName): Promise<TestResult['items'][number]> {
    if (!isConfigured(live, app)) return { app, outcome: 'not_configured', errcode: null, advice: null };
    const check = await wecom.testSecret(app, { lane: 'click', signal: AbortSignal.timeout(patienceMs) });
    if (check.ok) return { app, outcome: 'ok', errcode: null, advice: null };
    if (check.address) await notes.noteEgress(check.address);
    const advice = check.advice ?? (check.errcode === null ? unreachable : null);
    return { app, outcome: 'failed', errcode: check.errcode, advice };
  }

  return {
    async view(): Promise<View> {
      const { mode } = config.wecom;
      const newest = await history.newest();
      const settings = catalogue.names.map((name) => viewOf(name, newest));
      return {
        mode,
        corp_id: live.corpId(),
        connected: live.isConnected(),
        public_url: address.publicUrl ?? null,
        version,
        settings,
        callbacks: await callbacks(),
      };
    },

    /**
     * Tries every application against WeCom, at once, and says what to click where it refuses. Once the self-built app
     * is known there, this database belongs to its company.
     */
    async test(by: Editor): Promise<TestResult> {
      const items = await Promise.all(apps.map(testOne));
      const works = items.some((item) => item.app === 'agent' && provesCompany(item));
      if (works && !live.isConnected()) await connect(by);
      return { items };
    },

    /** New keys of a receiver count at once, and WeCom's calls with the old ones are refused. @throws as `set` */
    async makeCallbackKeys(receiver: WecomAppName, by: Editor): Promise<z.input<typeof callbackKeys>> {
      const { token, aesKey, settings } = makeCallbackKeys(receiver);
      await editor.setTogether(settings, by);
      return { url: `${address.base()}/callbacks/wecom/${receiver}`, token, aes_key: aesKey };
    },

    versions: history.list,
    verifyFile: live.verifyFile,

    /** @throws settings.not_settable, sandbox, given_by_environment; http.stale_version, validation */
    set: async (name: string, value: string, by: Editor): Promise<SettingView> =>
      viewOf(await editor.set(name, value, by), await history.newest()),

    /** @throws as `set`; settings.no_version, version_sealed */
    restore: async (name: string, from: number, by: Editor): Promise<SettingView> =>
      viewOf(await editor.restore(name, from, by), await history.newest()),

    /** @throws as `set` */
    clear: editor.clear,
  };
}

/** 60020 comes after WeCom gave a token for corp id and secret: they are right, only this address is not trusted yet. */
const provesCompany = ({ outcome, errcode }: TestResult['items'][number]): boolean =>
  outcome === 'ok' || errcode === 60020;

/** A setting as it is shown: a secret only says where it comes from. */
function describer({ config, live, catalogue }: Pick<Deps, 'config' | 'live' | 'catalogue'>) {
  function sourceOf(name: SettingName, value: SettingValue): SettingView['source'] {
    if (config.given.has(name)) return 'environment';
    if (live.isStored(name)) return 'database';
    return value === undefined ? 'unset' : 'default';
  }
  return (name: SettingName, newest: ReadonlyMap<string, number>): SettingView => {
    const { about, secret } = catalogue.about(name);
    const value = live.get(name);
    const shown = secret ? null : textOf(value);
    const source = sourceOf(name, value);
    const version = newest.get(name) ?? 0;
    return { name, about, secret, source, value: shown, editable: live.isEditable(name), version };
  };
}

const textOf = (value: SettingValue): string | null => (value === undefined ? null : String(value));
