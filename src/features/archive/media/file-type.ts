import { fileTypeFromBuffer } from 'file-type/core';

/** What nobody can say more of. */
export const anyBytes = 'application/octet-stream';

/** Pictures that are opened here; nothing else is, above all no SVG. */
const pictures = new Set(['image/jpeg', 'image/png', 'image/webp', 'image/gif']);

/** What a browser may show inside a page: nothing of it can run (S19). */
const shown = new Set([
  ...pictures,
  ...['audio/mpeg', 'audio/mp4', 'audio/x-m4a', 'audio/wav', 'audio/ogg', 'audio/aac'],
  ...['video/mp4', 'video/webm', 'video/quicktime'],
]);

export const isPicture = (type: string): boolean => pictures.has(type);
/** What telephones record, and no browser plays. */
export const isVoice = (type: string | null): boolean => type === 'audio/amr';
export const mayBeInline = (type: string): boolean => shown.has(type);

/** The media type by the first bytes. What somebody named the file decides nothing. */
export async function typeOf(head: Buffer): Promise<string> {
  const found = await fileTypeFromBuffer(head).catch(() => undefined);
  return found?.mime.slice(0, 127) ?? anyBytes;
}

const endings: Record<string, string> = {
  ...{ 'image/jpeg': 'jpg', 'image/png': 'png', 'image/webp': 'webp', 'image/gif': 'gif' },
  ...{ 'audio/amr': 'amr', 'audio/mpeg': 'mp3', 'video/mp4': 'mp4', 'application/pdf': 'pdf' },
};

/** For a file without a name of its own. */
export const endingOf = (type: string): string => endings[type] ?? 'bin';
