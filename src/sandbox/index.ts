export { writeArchiveKeys } from './archive/key-files';
export type { ArchiveKey } from './archive/keys';
export { archiveProgram } from './archive/program';
export type { LeftOut, Said, SaidMedia } from './archive/types';
export { eventSamples } from './callbacks/event-samples';
export { createSandboxClock, type SandboxClock } from './clock';
export type { Order } from './http/server';
export { createSandbox, type Sandbox, type SandboxOptions } from './sandbox';
export { type SandboxApp, sandboxApps, sandboxSettings } from './settings';
