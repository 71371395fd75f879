export { eventSamples, type SampleValues } from './callbacks/event-samples';
export type { Receipt } from './callbacks/sender';
export { createSandboxClock, type SandboxClock } from './clock';
export { type Control, NotPossible } from './control';
export { type FaultName, type FaultSpec, faultNames } from './faults';
export type { AppMessage, Delivery, Fact, FactKind, Violation } from './ledger';
export { createSandbox, type Sandbox, type SandboxOptions } from './sandbox';
export { type SandboxApp, type SandboxAppSettings, sandboxApps, sandboxSettings } from './settings';
export type { Truth } from './truth';
