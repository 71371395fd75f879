// Stands on its own, so that it needs nothing of the console around it.

export const steps = ['company', 'app', 'contacts', 'callbacks', 'trust', 'done'] as const;
export type Step = (typeof steps)[number];

interface Callback {
  receiver: string;
  verified_at: string | null;
  last_event_at: string | null;
}

/** What the server tells, as far as the order of the steps depends on it. */
interface Known {
  corp_id: string;
  connected: boolean;
  settings: readonly { name: string; source: string }[];
  callbacks: readonly Callback[];
}

export const settingNamed = <T extends { name: string }>(
  { settings }: { settings: readonly T[] },
  name: string,
): T | undefined => settings.find((setting) => setting.name === name);

const isSet = (known: Known, name: string): boolean => (settingNamed(known, name)?.source ?? 'unset') !== 'unset';

/** Which step is open, as far as the server can tell: a wizard that was left goes on where it was. */
export function firstOpenStep(known: Known, hasSynced: boolean): Step {
  if (known.corp_id === '') return 'company';
  if (!known.connected || !isSet(known, 'WECOM_AGENT_SECRET')) return 'app';
  if (hasSynced) return 'done';
  if (!isSet(known, 'WECOM_CONTACTS_SECRET')) return 'contacts';
  const verified = known.callbacks.filter(({ receiver }) => receiver !== 'archive').every(isVerified);
  return verified ? 'trust' : 'callbacks';
}

/** Whether WeCom has found the address good, or already uses it. */
export const isVerified = ({ verified_at, last_event_at }: Callback): boolean =>
  verified_at !== null || last_event_at !== null;
