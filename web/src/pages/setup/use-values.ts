import { useState } from 'react';
import { api, invalidate, type Settings, type SettingsTest } from '../../api';
import { settingNamed } from './steps';

type TestItem = SettingsTest['items'][number];
export type Values = Partial<Record<string, string>>;

interface Options {
  settings: Settings;
  /** The application that proves the values; none where only a later step can. */
  app?: TestItem['app'];
}

/** Saves what was typed, then lets WeCom say what it thinks of it. */
export function useValues({ settings, app }: Options) {
  const [result, setResult] = useState<TestItem>();
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const put = api.useMutation('put', '/settings/{name}');
  const test = api.useMutation('post', '/settings/tests');

  async function save(values: Values): Promise<void> {
    for (const [name, value] of Object.entries(values)) {
      const setting = settingNamed(settings, name);
      if (!value || value === setting?.value) continue;
      const version = setting?.version ?? 0;
      await put.mutateAsync({ params: { path: { name } }, body: { value, version } });
    }
  }

  /** @returns whether the step is done */
  async function saveAndTest(values: Values): Promise<boolean> {
    setBusy(true);
    setError(undefined);
    setResult(undefined);
    try {
      await save(values);
      const found = app && (await test.mutateAsync({})).items.find((item) => item.app === app);
      setResult(found);
      return !found || found.outcome === 'ok';
    } catch (thrown) {
      setError(thrown);
      return false;
    } finally {
      setBusy(false);
      invalidate('/settings');
    }
  }

  return { saveAndTest, result, error, busy };
}
