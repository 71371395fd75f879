import { BlobFault } from '../../../core/blobs/blob-fault';
import { minutes, seconds } from '../../../core/clock';
import { ObjectStoreError } from '../../../core/object-store';
import { SdkFault, SdkGone, sdkCodes } from '../../../wecom/archive';
import { BadSlice } from './fetching-file';
import { Mismatch } from './keeping';

/** What a fault means for the file at hand, and for those behind it. */
export type Verdict =
  /** It will not come any more. */
  | { means: 'failed' | 'expired'; fault: string }
  /** It may come later. */
  | { means: 'later'; fault: string; startOver: boolean }
  /** Nothing can be fetched now, and it is not the fault of the file. */
  | { means: 'stop' };

const later = (fault: string, startOver = false): Verdict => ({ means: 'later', fault, startOver });

/** Undefined: a fault of ours. */
export function verdictOn(error: unknown): Verdict | undefined {
  if (error instanceof SdkFault) return verdictOnCode(error.code);
  if (error instanceof SdkGone) return later('library_gone');
  if (error instanceof BadSlice) return later(error.reason, true);
  if (error instanceof Mismatch) return later('mismatch', true);
  if (error instanceof BlobFault) return later(`draft_${error.reason}`, true);
  return isStorageTrouble(error) ? { means: 'stop' } : undefined;
}

/** wecom-archive §1.4 */
function verdictOnCode(code: number | null): Verdict {
  if (code === sdkCodes.badFileId || code === sdkCodes.badArgument) return { means: 'failed', fault: String(code) };
  if (code === sdkCodes.expired) return { means: 'expired', fault: String(code) };
  // No process could be started, or WeCom lets nobody in from here.
  if (code === null || code === sdkCodes.addressRefused || code === sdkCodes.tls) return { means: 'stop' };
  return later(String(code));
}

/** The disk is full or read-only, or the bucket is away (F8): the file comes again when they are back. */
const isStorageTrouble = (error: unknown): boolean =>
  error instanceof ObjectStoreError ||
  (error instanceof Error && 'syscall' in error && 'code' in error && /^E[A-Z]+$/.test(String(error.code)));

/** Every so many failed tries a file is begun again: what lies in the draft may be what WeCom stumbles over. */
export const startsOver = (attempts: number): boolean => attempts % 4 === 0;

/** Until the next try, in milliseconds: half a minute, then twice as long each time, at most an hour. */
export const pauseAfter = (attempts: number): number => Math.min(minutes(60), seconds(30) * 2 ** (attempts - 1));
