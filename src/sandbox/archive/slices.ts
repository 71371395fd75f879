import { Refusal } from '../http/fault';
import { bytesOf, type File } from './files';

/** What one call gives at most (wecom-archive §1.3). */
const sliceLength = 512 * 1024;

export interface Slice {
  data: Buffer;
  /** What the next call is to name: `Range:bytes=524288-1048575`. Empty after the last slice. */
  outindexbuf: string;
  finished: boolean;
}

/** The slice that `indexbuf` names; the first one has none. @throws Refusal 10000 for an index that was not given out */
export function sliceOf(file: File, indexbuf: string): Slice {
  const bytes = bytesOf(file);
  const start = startOf(indexbuf);
  if (start === undefined || (start > 0 && start >= bytes.length)) throw new Refusal(10000, 'bad indexbuf', 'argument');
  const end = start + sliceLength;
  const finished = end >= bytes.length;
  return { data: bytes.subarray(start, end), outindexbuf: finished ? '' : rangeOf(end), finished };
}

const rangeOf = (start: number): string => `Range:bytes=${start}-${start + sliceLength - 1}`;

function startOf(indexbuf: string): number | undefined {
  if (indexbuf === '') return 0;
  const start = Number(/^Range:bytes=(\d+)-\d+$/.exec(indexbuf)?.[1] ?? Number.NaN);
  return start % sliceLength === 0 && rangeOf(start) === indexbuf ? start : undefined;
}
