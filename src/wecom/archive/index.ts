export { archiveCommand } from './command';
export type { ArchiveLibrary } from './library';
export type { Envelope, Opened, OpenFault, Pulled, Sealed } from './protocol';
export { type ArchiveSdk, type ArchiveSdkOptions, createArchiveSdk } from './sdk';
export { Refused, SdkFault, sdkCodes } from './sdk-fault';
export { SdkGone } from './sdk-process';
