import { readFileSync } from 'node:fs';
import sharp, { type Sharp } from 'sharp';
import { prepareZXingModule, type ReaderOptions, readBarcodes } from 'zxing-wasm/reader';

/** What can be seen in a picture. */
export interface Look {
  /** WebP, at most 320 pixels each way; null when it cannot be opened. */
  thumbnail: Buffer | null;
  /** Texts of its QR codes. */
  qr: string[];
}

/** More pixels than any phone's camera makes: whatever claims more is not opened (S20). */
const mostPixels = 64_000_000;
const thumbnailSide = 320;
/** Wide enough for a QR code on a screenshot, and small enough to be searched in some 50 ms. */
const searchSide = 1280;
/** A text longer than a QR code can hold is none. */
const longestText = 4296;
const mostCodes = 8;

// Of all the formats the library reads these are opened, and nothing that came out of a chat chooses another.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: [
    'VipsForeignLoadJpegBuffer',
    'VipsForeignLoadPngBuffer',
    'VipsForeignLoadWebpBuffer',
    'VipsForeignLoadNsgifBuffer',
  ],
});
// Its memory of what it did would keep pictures.
sharp.cache(false);

const options: ReaderOptions = { formats: ['QRCode'], maxNumberOfSymbols: mostCodes, tryHarder: true, tryInvert: true };
let reader: Promise<unknown> | undefined;

/** The decoder as it lies in its package: by itself it would fetch it from the network. */
function loadReader(): Promise<unknown> {
  const wasm = readFileSync(require.resolve('zxing-wasm/reader/zxing_reader.wasm'));
  return prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(wasm).buffer }, fireImmediately: true });
}

/** The first frame, the right way up, made to fit. */
const opened = (bytes: Buffer, side: number): Sharp =>
  sharp(bytes, { limitInputPixels: mostPixels, failOn: 'error', sequentialRead: true })
    .rotate()
    .resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true });

async function codesIn(bytes: Buffer): Promise<string[]> {
  const raw = opened(bytes, searchSide).flatten({ background: 'white' }).toColourspace('srgb').ensureAlpha().raw();
  const { data, info } = await raw.toBuffer({ resolveWithObject: true });
  reader ??= loadReader();
  await reader;
  const pixels = new Uint8ClampedArray(data);
  const found = await readBarcodes(
    { data: pixels, width: info.width, height: info.height, colorSpace: 'srgb' },
    options,
  );
  const texts = found.filter(({ isValid }) => isValid).map(({ text }) => text.slice(0, longestText));
  return [...new Set(texts)].filter((text) => text !== '');
}

/** Looks at a picture as far as it can be opened: a broken one, or one that is too large, shows nothing. */
export async function lookAt(bytes: Buffer): Promise<Look> {
  try {
    const thumbnail = await opened(bytes, thumbnailSide).webp({ quality: 75 }).toBuffer();
    return { thumbnail, qr: await codesIn(bytes) };
  } catch {
    return { thumbnail: null, qr: [] };
  }
}
