/** What went wrong in the archive library: its own code (wecom-archive §1.4), or none when it never got so far. */
export class SdkFault extends Error {
  constructor(
    readonly code: number | null,
    message = `the archive library answered ${code}`,
  ) {
    super(message);
    this.name = 'SdkFault';
  }
}

/** The library's codes that ask for different answers. */
export const sdkCodes = {
  badArgument: 10000,
  network: 10001,
  unreadable: 10002,
  system: 10003,
  badFileId: 10005,
  decrypt: 10006,
  badKey: 10008,
  addressRefused: 10009,
  expired: 10010,
  tls: 10011,
} as const;

/** WeCom refused inside a call that the library calls a success. */
export class Refused extends Error {
  constructor(readonly code: number) {
    super(`WeCom answered ${code}`);
  }
}
