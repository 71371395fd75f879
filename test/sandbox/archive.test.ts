import { days } from '../../src/core/clock';
import type { Said, Sandbox } from '../../src/sandbox';
import { messageTypes } from '../../src/sandbox/archive/content';
import type { ArchiveSdk } from '../../src/wecom/archive';
import { kinds } from '../../src/wecom/archive/messages/kinds';
import { everything, parseMessage } from '../../src/wecom/archive/messages/parse';
import { archiveReader, fetchFile, keysBut, openAll, pullAll } from './archive-reader';
import { smallCompany } from './support';

let sandbox: Sandbox;
let sdk: ArchiveSdk;
let archived: Said[];

beforeAll(async () => {
  sandbox = smallCompany({ messages: 1300 });
  await sandbox.start();
  sdk = archiveReader(sandbox);
  archived = sandbox.ledger.said.filter(({ seq }) => seq !== null);
});
afterAll(async () => {
  await sdk.stop();
  await sandbox.stop();
});

const partsOf = (said: Said) => {
  const message = parseMessage(said.plain);
  return message ? [...everything(message)] : [];
};

test('AR7 everything that was said is pulled once, in order, and opens to what was said', async () => {
  const envelopes = await pullAll(sdk);
  expect(archived.length).toBeGreaterThan(1000);
  expect(envelopes.map(({ seq, msgid }) => ({ seq, msgid }))).toEqual(
    archived.map(({ seq, msgid }) => ({ seq, msgid })),
  );
  expect(await openAll(sdk, envelopes)).toEqual(archived.map(({ plain }) => plain));
});

test('AR5 numbers are larger than a number holds, rise, and are not contiguous', () => {
  const seqs = archived.map(({ seq }) => BigInt(seq ?? 0));
  const steps = seqs.slice(1).map((seq, i) => seq - (seqs[i] ?? 0n));
  expect((seqs[0] ?? 0n) > BigInt(Number.MAX_SAFE_INTEGER)).toBe(true);
  expect(steps.every((step) => step >= 1n)).toBe(true);
  expect(steps.some((step) => step > 1n)).toBe(true);
});

test('the story begins with talk of the last four days, in order, some of it left out and some of it risky', () => {
  const { said } = sandbox.ledger;
  const times = said.map(({ at }) => at.getTime());
  const now = sandbox.clock.now().getTime();
  expect(said.length).toBeGreaterThanOrEqual(1300);
  expect(times).toEqual([...times].sort((a, b) => a - b));
  expect(Math.min(...times)).toBeGreaterThan(now - days(4));
  expect(Math.max(...times)).toBeLessThanOrEqual(now);
  expect(new Set(said.map(({ left_out }) => left_out))).toEqual(new Set([null, 'no_consent', 'no_seat']));
  expect(archived.some(({ plain }) => /加我微信|个人账户|私下|返点/.test(plain))).toBe(true);
  expect(archived.some(({ plain }) => plain.includes('这是一条引用/回复消息：'))).toBe(true);
});

test('calls name no group: their records have no roomid', () => {
  const calls = archived.filter(({ type }) => type === 'meeting_voice_call' || type === 'voip_doc_share');
  expect(calls.length).toBeGreaterThan(2);
  expect(calls.filter(({ plain }) => 'roomid' in JSON.parse(plain))).toEqual([]);
});

test('the same record is sealed the same way every time', async () => {
  const [once, again] = [await sdk.pull('0', 30), await sdk.pull('0', 30)];
  expect(once).toEqual(again);
  expect(new Set(once.envelopes.map(({ encrypt_random_key }) => encrypt_random_key)).size).toBe(30);
});

test('a company’s talk holds every kind there is, and each reads as known', () => {
  const met = new Set(archived.map(({ type }) => type));
  expect([...Object.keys(kinds), 'switch', 'aicard'].filter((type) => !met.has(type))).toEqual([]);
  const unread = archived.flatMap((said) => partsOf(said).filter(({ known }) => !known));
  expect(new Set(unread.map(({ type }) => type))).toEqual(new Set(['aicard']));
});

test('every kind the reader knows can be said', () => {
  const sayable = [...messageTypes, 'revoke'];
  expect(Object.keys(kinds).filter((type) => !sayable.includes(type))).toEqual([]);
});

test('AR5 what is uint64 in a message stands bare in its text', () => {
  const texts = archived.map(({ plain }) => plain).join('\n');
  for (const field of ['meetingid', 'meeting_id', 'id']) expect(texts).toMatch(new RegExp(`"${field}":\\d{19,20}[,}]`));
});

test('a forwarded conversation is three deep, files and all', () => {
  const forwarded = archived.find(({ type }) => type === 'chatrecord');
  const parts = forwarded ? partsOf(forwarded) : [];
  expect(Math.max(...parts.map(({ path }) => path.split('.').length))).toBe(3);
  const files = parts.flatMap(({ media }) => media?.file_id ?? []);
  expect(files).toEqual(forwarded?.media.map(({ sdkfileid }) => sdkfileid));
});

test('the files a message names are those in the ledger', () => {
  const named = archived.flatMap((said) => partsOf(said).flatMap(({ media }) => media?.file_id ?? []));
  const kept = archived.flatMap(({ media }) => media.map(({ sdkfileid }) => sdkfileid));
  expect([...named].sort()).toEqual([...kept].sort());
  expect(new Set(kept).size).toBe(kept.length);
});

test('AR7 files arrive byte for byte, small ones in one slice and large ones in several', async () => {
  const files = archived.flatMap(({ media }) => media);
  const large = files.filter(({ size }) => size > 512 * 1024);
  const ofEachKind = new Map(
    archived.flatMap(({ type, media }) => media.slice(0, 1).map((file) => [type, file] as const)),
  );
  const chosen = [...new Set([...large.slice(0, 4), ...ofEachKind.values()])];
  const fetched = [];
  for (const { sdkfileid } of chosen) fetched.push(await fetchFile(sdk, sdkfileid));
  expect(fetched.map(({ sha256 }) => sha256)).toEqual(chosen.map(({ sha256 }) => sha256));
  expect(fetched.map(({ slices }) => slices.reduce((sum, n) => sum + n, 0))).toEqual(chosen.map(({ size }) => size));
  expect(Math.max(...fetched.map(({ slices }) => slices.length))).toBeGreaterThanOrEqual(2);
  expect(fetched.every(({ slices }) => slices.slice(0, -1).every((length) => length === 512 * 1024))).toBe(true);
});

test('an id nobody gave, and an index nobody gave, are refused in the library’s own codes', async () => {
  const [file] = archived.flatMap(({ media }) => media);
  await expect(sdk.media('bm9uZQ==', '')).rejects.toMatchObject({ code: 10005 });
  await expect(sdk.media(file?.sdkfileid ?? '', 'Range:bytes=7-9')).rejects.toMatchObject({ code: 10000 });
  await expect(sdk.pull('0', 1001)).rejects.toMatchObject({ code: 10000 });
});

test('the same seed says the same, another seed something else', () => {
  const [one, two, other] = [7, 7, 8].map((seed) => smallCompany({ seed, messages: 60 }).ledger.said);
  expect(one).toEqual(two);
  expect(one?.map(({ plain }) => plain)).not.toEqual(other?.map(({ plain }) => plain));
});

test('AR3 a new key is used from then on; without it records stay shut, with it they open', async () => {
  const before = archived.at(-1)?.seq ?? '0';
  const old = sandbox.control.say({ ...consenting(), text: '旧钥匙' });
  expect(sandbox.control.rotateArchiveKey()).toEqual({ version: 2 });
  const fresh = sandbox.control.say({ ...consenting(), text: '新钥匙' });
  const envelopes = await pullAll(sdk, before);
  expect(envelopes.map(({ publickey_ver }) => publickey_ver)).toEqual([1, 2]);

  let keys = keysBut(2, 3);
  const late = archiveReader(sandbox, { keys: () => keys });
  try {
    expect(await late.open(envelopes)).toEqual([{ plain: old.plain }, { fault: 'key_missing', code: null }]);
    keys = keysBut();
    await late.keysChanged();
    expect(await openAll(late, envelopes)).toEqual([old.plain, fresh.plain]);
  } finally {
    await late.stop();
  }
  sandbox.control.rotateArchiveKey();
  expect(() => sandbox.control.rotateArchiveKey()).toThrow('There are only 3 keys');
});

test('a body that was touched, or sealed for another message, does not open', async () => {
  const [one, two] = (await sdk.pull('0', 2)).envelopes;
  if (!one || !two) throw new Error('There is nothing to open');
  const touched = Buffer.from(one.encrypt_chat_msg, 'base64');
  touched[40] = (touched[40] ?? 0) ^ 1;
  const mixed = { ...one, encrypt_chat_msg: two.encrypt_chat_msg };
  const broken = { ...one, encrypt_chat_msg: touched.toString('base64') };
  const undecryptable = { fault: 'undecryptable', code: 10006 };
  expect(await sdk.open([mixed, broken, { ...one, encrypt_chat_msg: '' }])).toEqual([
    undecryptable,
    undecryptable,
    undecryptable,
  ]);
});

/** A single chat that is archived. */
function consenting(): { userid: string; external_userid: string } {
  const said = sandbox.ledger.said.findLast(({ type, seq, chat_id }) => type === 'agree' && seq !== null && !chat_id);
  if (!said?.to[0]) throw new Error('Nobody agreed');
  return { userid: said.to[0], external_userid: said.from };
}
