import { type ArchiveKey, archiveKeys } from './archive/keys';
import { merchantSettings } from './pay/keys';

/** The three ways in: each has its own secret and its own callback receiver. */
export const sandboxApps = ['agent', 'contacts', 'archive'] as const;
export type SandboxApp = (typeof sandboxApps)[number];

export interface SandboxAppSettings {
  secret: string;
  callbackToken: string;
  callbackAesKey: string;
}

/** Plainly fake and the same everywhere, so that anyone can start the demo. The contacts key ends in stray bits on purpose. */
export const sandboxSettings = {
  corpId: 'wwsandbox00000001',
  agentId: 1000002,
  agent: {
    secret: 'sandbox-agent-secret-that-protects-nothing0',
    callbackToken: 'sandboxagenttoken',
    callbackAesKey: 'SandboxAgentKeyThatProtectsNothing000000000',
  },
  contacts: {
    secret: 'sandbox-contacts-secret-that-protects-none0',
    callbackToken: 'sandboxcontactstoken',
    callbackAesKey: 'SandboxContactsKeyThatProtectsNothing00000B',
  },
  archive: {
    secret: 'sandbox-archive-secret-that-protects-none00',
    callbackToken: 'sandboxarchivetoken',
    callbackAesKey: 'SandboxArchiveKeyThatProtectsNothing0000000',
  },
  /** What opens the conversation archive: each version, in PEM. */
  archiveKeys,
  /** The merchant of the pretend WeChat Pay. */
  pay: merchantSettings,
} as const satisfies Record<SandboxApp, SandboxAppSettings> & {
  corpId: string;
  agentId: number;
  archiveKeys: readonly ArchiveKey[];
  pay: typeof merchantSettings;
};
