import { createCipheriv, createHash } from 'node:crypto';
import { encodePng } from './png';

/** What there is to send. `recording` is the sound of a meeting. */
export type FileKind = 'picture' | 'sticker' | 'voice' | 'recording' | 'video' | 'document';

/** A file of the pretend company: kind and number say all there is to know of its bytes. */
export interface File {
  readonly kind: FileKind;
  readonly number: number;
}

/** How many different files there are of each kind; further numbers begin again. */
export const filesOfAKind = 240;
/** Every so many are larger than one slice. */
const largeEvery = 24;
const isLarge = ({ number }: File): boolean => number % largeEvery === largeEvery - 1;

const documentKinds = ['pdf', 'csv', 'txt', 'dwg'] as const;
const megabyte = 1024 * 1024;

/** Without the dot. */
export function extensionOf(file: File): string {
  if (file.kind === 'document') return documentKinds[file.number % documentKinds.length] ?? 'txt';
  if (file.kind === 'sticker') return isAnimated(file) ? 'gif' : 'png';
  return { picture: 'png', voice: 'amr', recording: 'amr', video: 'mp4' }[file.kind];
}

export const isAnimated = ({ number }: File): boolean => number % 2 === 0;

/** Of what can be played, in whole seconds. */
export function secondsOf(file: File): number {
  if (file.kind === 'recording') return isLarge(file) ? 400 : 30 + file.number;
  return file.kind === 'video' ? 5 + (file.number % 50) : 2 + (file.number % 58);
}

/** The bytes of a file, the same every time. */
export function bytesOf(file: File): Buffer {
  switch (file.kind) {
    case 'picture':
      return isLarge(file) ? photo(file) : drawing(file, 160, 120);
    case 'sticker':
      return isAnimated(file) ? blankGif : drawing(file, 48, 48);
    case 'voice':
    case 'recording':
      return silence(secondsOf(file));
    case 'video':
      return mp4(noise(file, isLarge(file) ? 1.2 * megabyte : 40_000 + file.number * 100));
    case 'document':
      return document(file);
  }
}

export interface Digests {
  size: number;
  md5: string;
  sha256: string;
}

const digests = new Map<string, Digests>();

/** Counted once for each file, for the same one is sent again and again. */
export function digestsOf(file: File): Digests {
  const name = nameOf(file);
  const known = digests.get(name);
  if (known) return known;
  const bytes = bytesOf(file);
  const hex = (algorithm: string): string => createHash(algorithm).update(bytes).digest('hex');
  const counted = { size: bytes.length, md5: hex('md5'), sha256: hex('sha256') };
  digests.set(name, counted);
  return counted;
}

const nameOf = ({ kind, number }: File): string => `${kind} ${number}`;

/** Bytes like chance, zeros among them. */
function noise(file: File, length: number): Buffer {
  const key = createHash('sha256').update(nameOf(file)).digest();
  return createCipheriv('aes-256-ctr', key, Buffer.alloc(16)).update(Buffer.alloc(Math.floor(length)));
}

/** Two colours that run into each other, and a chequered field. */
function drawing(file: File, width: number, height: number): Buffer {
  const [red = 0, green = 0, blue = 0] = noise(file, 3);
  const rgb = Buffer.alloc(width * height * 3);
  for (let at = 0; at < width * height; at += 1) {
    const [x, y] = [at % width, Math.floor(at / width)];
    const dark = x > width / 3 && x < (2 * width) / 3 && ((x >> 3) + (y >> 3)) % 2 === 0 ? 1 : 0;
    rgb[at * 3] = red >> dark;
    rgb[at * 3 + 1] = ((green + x) & 0xff) >> dark;
    rgb[at * 3 + 2] = ((blue + y) & 0xff) >> dark;
  }
  return encodePng({ width, height, rgb });
}

/** As large as what a telephone takes. */
function photo(file: File): Buffer {
  const [width, height] = [640, 420];
  return encodePng({ width, height, rgb: noise(file, width * height * 3), level: 0 });
}

/** One transparent pixel. */
const blankGif = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

/** AMR narrow band: its header, then 50 frames a second at 12.2 kbit/s with nothing in them. */
function silence(seconds: number): Buffer {
  const frame = Buffer.alloc(32);
  frame[0] = 0x3c;
  return Buffer.concat([Buffer.from('#!AMR\n'), Buffer.alloc(32 * 50 * seconds, frame)]);
}

/** The boxes of a film, without a track: what matters is its size and where it goes. */
function mp4(data: Buffer): Buffer {
  const box = (name: string, content: Buffer): Buffer => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(8 + content.length);
    return Buffer.concat([length, Buffer.from(name), content]);
  };
  return Buffer.concat([box('ftyp', Buffer.from('isom\0\0\x02\0isomiso2mp41')), box('mdat', data)]);
}

function document(file: File): Buffer {
  const title = `No. ${1000 + file.number}`;
  switch (extensionOf(file)) {
    case 'pdf':
      return pdf(`Quotation ${title}`);
    case 'csv':
      return Buffer.from(`\uFEFF品名,数量,单价（元）\n基础版 ${title},${file.number + 1},1280\n专业版,2,5600\n`);
    case 'txt':
      return Buffer.from(`会议纪要 ${title}\n1. 样品周三寄出。\n2. 合同由法务复核后回传。\n`);
    default:
      return Buffer.concat([
        Buffer.from('AC1032\0\0\0\0\0'),
        noise(file, isLarge(file) ? 1.2 * megabyte : 3000 + file.number * 50),
        Buffer.alloc(64),
      ]);
  }
}

/** One page that says `title`. */
function pdf(title: string): Buffer {
  const text = `BT /F1 24 Tf 72 760 Td (${title}) Tj ET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${text.length} >>\nstream\n${text}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let body = '%PDF-1.4\n';
  const places = objects.map((object, index) => {
    const place = body.length;
    body += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(place).padStart(10, '0')} 00000 n \n`;
  });
  const table = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${places.join('')}`;
  const end = `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${body.length}\n%%EOF\n`;
  return Buffer.from(body + table + end);
}
