import type { MediaView } from '../conversations';

/** Files of messages by their hash. */
export interface ExportMedia {
  /** @throws Error when there is none, or it was changed */
  open(sha256: string): AsyncIterable<Buffer>;
}

/** Of types that are known by their first bytes; a name out of a message is never one of a file. */
const extensions: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/gif': 'gif',
  'image/webp': 'webp',
  'audio/amr': 'amr',
  'audio/mpeg': 'mp3',
  'video/mp4': 'mp4',
  'application/pdf': 'pdf',
  'application/zip': 'zip',
};

/** Where a file stands in the export; undefined while it is not stored. */
export function mediaPath({ state, sha256, type }: Pick<MediaView, 'state' | 'sha256' | 'type'>): string | undefined {
  if (state !== 'stored' || sha256 === null || !/^[\da-f]{64}$/.test(sha256)) return undefined;
  return `media/${sha256}.${extensions[type ?? ''] ?? 'bin'}`;
}
