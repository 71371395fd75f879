import type { Settings } from '../../api';

export const steps = ['company', 'app', 'contacts', 'callbacks', 'trust', 'done'] as const;
export type Step = (typeof steps)[number];

/** What a step is given. */
export interface StepProps {
  settings: Settings;
  onNext(): void;
}

type Setting = Settings['settings'][number];

export const settingNamed = ({ settings }: Settings, name: string): Setting | undefined =>
  settings.find((setting) => setting.name === name);

const isSet = (settings: Settings, name: string): boolean =>
  (settingNamed(settings, name)?.source ?? 'unset') !== 'unset';

/** Which steps are behind us, as far as the server can tell: a wizard that was left goes on where it was. */
export function firstOpenStep(settings: Settings, hasSynced: boolean): Step {
  if (settings.corp_id === '') return 'company';
  if (!settings.connected || !isSet(settings, 'WECOM_AGENT_SECRET')) return 'app';
  if (hasSynced) return 'done';
  if (!isSet(settings, 'WECOM_CONTACTS_SECRET')) return 'contacts';
  const verified = settings.callbacks.filter(({ receiver }) => receiver !== 'archive').every(isVerified);
  return verified ? 'trust' : 'callbacks';
}

/** Whether WeCom has found the address good, or already uses it. */
export const isVerified = ({ verified_at, last_event_at }: Settings['callbacks'][number]): boolean =>
  verified_at !== null || last_event_at !== null;
