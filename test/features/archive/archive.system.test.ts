import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { archiveKeys, buildArchiveLibrary, sealMessage } from '../../support/archive-library/archive-library';
import { until, useSystem } from '../../support/system';

const library = buildArchiveLibrary();
const [present, missing] = [archiveKeys(1), archiveKeys(2)];
const keysDir = join(library.folder, 'keys');
mkdirSync(keysDir);
writeFileSync(join(keysDir, '1.pem'), present.pem);
afterAll(() => library.drop());

const system = useSystem({
  env: {
    WECOM_ARCHIVE_SDK_PATH: library.path,
    WECOM_ARCHIVE_SDK_SHA256: library.sha256,
    WECOM_ARCHIVE_SECRET: library.folder,
    WECOM_ARCHIVE_KEYS_DIR: keysDir,
  },
});

const customer = 'wmDEMOaaaa0000000000000000000001';
let next = 9007199254740993n;

function said(content: string, more: object = {}) {
  const seq = String(next++);
  const msgid = `${seq}_external`;
  const message = {
    msgid,
    action: 'send',
    from: 'lin',
    tolist: [customer],
    msgtime: 1760000000000 + Number(next % 1000n),
  };
  return { seq, msgid, plain: JSON.stringify({ ...message, msgtype: 'text', text: { content }, ...more }) };
}

test('AR1 AR2 AR3 WCM-05 what WeCom gives is stored, opened, shown, and parked until its key comes', async () => {
  const { at } = system;
  const first = said('您好，报价单发您了');
  const second = said('unused', { msgtype: 'revoke', action: 'recall', revoke: { pre_msgid: first.msgid } });
  const third = said('this one waits for its key');
  const seal = (one: typeof first, key: typeof present) => sealMessage(one.plain, { ...key, ...one });
  library.page('0', [seal(first, present), seal(second, present), seal(third, missing)]);
  const { archive } = at.system.services;
  await archive.wake();
  await at.settled();
  const { items: conversations } = (await at.api.get('conversations')).body;
  expect(conversations).toMatchObject([
    { kind: 'single', userid: 'lin', external_userid: customer, chat_id: null, messages: 2 },
  ]);
  const path = `conversations/${conversations[0].id}/messages`;
  const { items } = (await at.api.get(path)).body;
  expect(items).toMatchObject([
    { msgid: second.msgid, type: 'revoke', body: { msgid: first.msgid } },
    {
      seq: first.seq,
      from: 'lin',
      to: [customer],
      text: '您好，报价单发您了',
      recalled_by: { from: 'lin' },
      state: 'stored',
    },
  ]);
  const parked = () => at.db.query('SELECT id, reason FROM archive_parked');
  expect(await parked()).toMatchObject([{ reason: 'key_missing' }]);
  const added = await at.system.services.archiveKeys.add(missing, { actor: 'host' });
  expect(added).toBe(true);
  await archive.wake();
  await until('the parked one is opened', async () => (await parked()).length === 0);
  await at.settled();
  expect((await at.api.get(path)).body.items[0]).toMatchObject({ text: 'this one waits for its key' });
  const reads = (await at.api.get('audit-events?action=archive.read')).body.items;
  expect(reads).toHaveLength(2);
  await at.system.services.evidence.seal({ sign: true });
  expect(await at.system.services.evidence.verify()).toMatchObject({ ok: true });
});
