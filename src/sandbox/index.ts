export { eventSamples } from './callbacks/event-samples';
export { createSandboxClock, type SandboxClock } from './clock';
export { createSandbox, type Sandbox, type SandboxOptions } from './sandbox';
export { type SandboxApp, sandboxApps, sandboxSettings } from './settings';
