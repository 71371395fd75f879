import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { prepareZXingModule, writeBarcode } from 'zxing-wasm/writer';
import { anyBytes, endingOf, isPicture, mayBeInline, typeOf } from '../../../../src/features/archive/media/file-type';
import { lookAt } from '../../../../src/features/archive/media/pictures';
import { type MediaAtTest, mediaAtTest } from './support';

beforeAll(() => {
  const wasm = readFileSync(require.resolve('zxing-wasm/writer/zxing_writer.wasm'));
  prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(wasm).buffer } });
});

async function qrCode(text: string): Promise<Buffer> {
  const { image } = await writeBarcode(text, { format: 'QRCode', scale: 4 });
  if (!image) throw new Error('no picture was drawn');
  return Buffer.from(await image.arrayBuffer());
}

const plainPicture = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#789' } });

/** A picture that says it has more pixels than anybody can hold. */
async function bomb(width: number, height: number): Promise<Buffer> {
  const png = await plainPicture(8, 8).png().toBuffer();
  png.writeUInt32BE(width, 16);
  png.writeUInt32BE(height, 20);
  png.writeUInt32BE(crc32(png.subarray(12, 29)), 29);
  return png;
}

/** One that really has them: black, a bit a pixel, small as a file. */
function darkness(width: number, height: number): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head[8] = 1;
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  };
  const rows = deflateSync(Buffer.alloc(height * (1 + Math.ceil(width / 8))));
  const magic = Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]);
  return Buffer.concat([magic, chunk('IHDR', head), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))]);
}

const html = '<!doctype html><script>alert(1)</script>';
const svg = `<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`;

test.each(['jpeg', 'png', 'webp', 'gif'] as const)(
  'WCM-02 a %s gets a small WebP, the right way up',
  async (format) => {
    const wide = await plainPicture(1000, 500).toFormat(format).toBuffer();
    const { thumbnail } = await lookAt(wide);
    const { width, height, format: made } = await sharp(thumbnail as Buffer).metadata();
    expect([width, height, made]).toEqual([320, 160, 'webp']);
    const turned = await plainPicture(400, 200).withMetadata({ orientation: 6 }).jpeg().toBuffer();
    const upright = await sharp((await lookAt(turned)).thumbnail as Buffer).metadata();
    expect([upright.width, upright.height]).toEqual([160, 320]);
  },
);

test('QR codes are read, several in one picture too, also small ones on a large one', async () => {
  const [one, two] = [await qrCode('https://u.example/加我'), await qrCode('wxid_123')];
  const large = plainPicture(3000, 2000).composite([
    { input: one, left: 200, top: 300 },
    { input: await sharp(two).resize(400, 400, { kernel: 'nearest' }).toBuffer(), left: 2000, top: 1000 },
  ]);
  expect((await lookAt(await large.jpeg().toBuffer())).qr.sort()).toEqual(['https://u.example/加我', 'wxid_123']);
  expect((await lookAt(one)).qr).toEqual(['https://u.example/加我']);
  expect((await lookAt(await plainPicture(50, 50).png().toBuffer())).qr).toEqual([]);
});

test('S20 what has fewer pixels than a bomb is opened', async () => {
  expect((await lookAt(darkness(4000, 4000))).thumbnail).not.toBeNull();
});

const nothing = { thumbnail: null, qr: [] };
test.each([
  ['a bomb of 2,500 million pixels', () => bomb(50_000, 50_000)],
  ['a bomb of 65 million pixels', async () => darkness(16_000, 4063)],
  ['a cut picture', async () => (await plainPicture(900, 900).jpeg().toBuffer()).subarray(0, 300)],
  ['an SVG', async () => Buffer.from(svg)],
  ['a TIFF', () => plainPicture(9, 9).tiff().toBuffer()],
  ['no bytes', async () => Buffer.alloc(0)],
  ['noise', async () => randomBytes(5000)],
])('S20 %s is not opened, and costs next to nothing', async (_, make) => {
  const bytes = await make();
  const before = process.cpuUsage();
  expect(await lookAt(bytes)).toEqual(nothing);
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1000).toBeLessThan(200);
});

test('S19 the type follows from the first bytes; nothing that can run may stand in a page', async () => {
  const jpeg = await plainPicture(9, 9).jpeg().toBuffer();
  expect(await typeOf(jpeg)).toBe('image/jpeg');
  expect(await typeOf(Buffer.from('#!AMR\nxyz'))).toBe('audio/amr');
  for (const active of [html, svg, '', '%!PS', 'MZ', 'PK\u0003\u0004']) {
    const type = await typeOf(Buffer.from(active));
    expect([active, mayBeInline(type), isPicture(type)]).toEqual([active, false, false]);
  }
  for (const type of ['image/svg+xml', 'text/html', 'application/pdf', 'application/xml', anyBytes, '']) {
    expect([type, mayBeInline(type)]).toEqual([type, false]);
  }
  expect([endingOf('image/png'), endingOf('text/html'), mayBeInline('video/mp4')]).toEqual(['png', 'bin', true]);
});

describe('pictures on their way', () => {
  let at: MediaAtTest;
  beforeEach(async () => {
    at = await mediaAtTest();
  });
  afterEach(() => at.close());

  test('S13 texts of QR codes are told with the message and sealed; pictures have a small one', async () => {
    at.wecom.hold('qr', await qrCode('canary-qr-6Kd2'));
    const message = await at.opens('image', { sdkfileid: 'qr', filename: 'x.txt' });
    const other = await at.opens('emotion', { sdkfileid: 'qr' });
    await at.fetches();
    expect(await at.seen(message)).toMatchObject({ type: 'image/png', qr: ['canary-qr-6Kd2'] });
    expect((await at.seen(message))?.thumbnail_url).toContain('/thumbnail?message=');
    expect(at.told).toEqual([message, other].map((id) => [id, ['canary-qr-6Kd2']]));
    expect(JSON.stringify(await at.files())).not.toContain('canary');
  });

  test('S20 bombs and broken pictures are stored like any other file', async () => {
    const bytes = at.wecom.hold('bomb', await bomb(50_000, 50_000));
    at.wecom.hold('svg', Buffer.from(svg));
    const [first, second] = [
      await at.opens('image', { sdkfileid: 'bomb' }),
      await at.opens('image', { sdkfileid: 'svg' }),
    ];
    await at.fetches();
    expect((await at.content(first)).equals(bytes)).toBe(true);
    expect(await at.seen(first)).toMatchObject({ state: 'stored', type: 'image/png', thumbnail_url: null, qr: [] });
    expect(await at.seen(second)).toMatchObject({ state: 'stored', thumbnail_url: null });
  });
});
