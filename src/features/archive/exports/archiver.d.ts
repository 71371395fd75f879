/** The part of archiver 8 that is used here: it brings no types of its own. */
declare module 'archiver' {
  import type { Readable, Transform } from 'node:stream';

  interface EntryData {
    name: string;
    date?: Date;
  }

  export class ZipArchive extends Transform {
    constructor(options?: { forceZip64?: boolean; zlib?: { level: number } });
    append(source: Readable | Buffer | string, data: EntryData): this;
    finalize(): Promise<void>;
    abort(): this;
    override on(event: 'entry', listener: (entry: EntryData) => void): this;
    override on(event: string, listener: (...args: unknown[]) => void): this;
  }
}
