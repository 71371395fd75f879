import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLeases } from '../../../src/jobs';
import { archiveKeys } from '../../support/archive-library/archive-library';
import { customerAtTest as customer, useArchive } from '../../support/archive-system';
import { type Json, until } from '../../support/system';

const archive = useArchive();
const parked = () => archive.at.db.query<{ reason: string }>('SELECT reason FROM archive_parked ORDER BY id');
const conversationOf = async (query: string): Promise<Json> =>
  (await archive.at.api.get(`conversations?${query}`)).body.items[0];

test('AR1 AR2 AR3 WCM-05 A15 what WeCom gives is stored, opened, shown, and parked until its key comes', async () => {
  const { at, say, seal, keys } = archive;
  const first = say('您好，报价单发您了');
  const second = say('', { msgtype: 'revoke', action: 'recall', revoke: { pre_msgid: first.msgid } });
  const third = say('this one waits for its key');
  await archive.give([seal(first), seal(second), seal(third, keys.late)]);
  const conversation = await conversationOf(`external_userid=${customer}`);
  expect(conversation).toMatchObject({ kind: 'single', userid: 'lin', external_userid: customer, messages: 2 });
  const path = `conversations/${conversation.id}/messages`;
  const { items } = (await at.api.get(path)).body;
  expect(items).toMatchObject([
    { msgid: second.msgid, type: 'revoke', body: { msgid: first.msgid }, recalls: items[1].id },
    {
      ...{ seq: first.seq, recalls: null, from: 'lin', to: [customer], text: '您好，报价单发您了', state: 'stored' },
      recalled_by: { from: 'lin' },
    },
  ]);
  expect(await parked()).toEqual([{ reason: 'key_missing' }]);
  writeFileSync(join(archive.keysDir, '2.pem'), keys.late.pem);
  await at.system.services.archive.wake();
  await until('the parked one is opened', async () => (await parked()).length === 0);
  await at.settled();
  expect((await at.api.get(path)).body.items[0]).toMatchObject({ text: 'this one waits for its key' });
  await at.system.services.evidence.seal({ sign: true });
  expect(await at.system.services.evidence.verify()).toMatchObject({ ok: true });
});

test('AR3 a key that comes while another process opens is not forgotten by the time that one is done', async () => {
  const { at, say, seal } = archive;
  const late = archiveKeys(3);
  const said = say('sealed for the third key');
  await archive.give([seal(said, late)]);
  expect(await parked()).toEqual([{ reason: 'key_missing' }]);
  await createLeases({ db: at.db }).hold('archive.open', 30_000, async () => {
    writeFileSync(join(archive.keysDir, '3.pem'), late.pem);
    await at.system.services.archive.wake();
    await at.settled();
    expect(await at.system.services.archiveKeys.list()).toMatchObject([{ version: 3 }, { version: 2 }, { version: 1 }]);
  });
  expect(await parked()).toHaveLength(1);
  await at.system.services.archive.wake();
  await at.settled();
  expect(await parked()).toEqual([]);
});

test('AR3 I8 what ends the library, what does not open and what is no message is parked; its neighbours are opened', async () => {
  const { at, say, seal, keys } = archive;
  const good = [say('one'), say('two'), say('three')];
  const odd = say('');
  const broken = (encrypt_chat_msg: string) => ({ ...seal(say('x')), encrypt_chat_msg });
  await archive.give([
    ...[seal(good[0] as never), broken('crash'), seal(good[1] as never), broken('zz')],
    ...[{ ...seal(say('wrong key'), keys.late), publickey_ver: 1 }, seal({ ...odd, plain: '{"no":"message"}' })],
    seal(good[2] as never),
  ]);
  expect((await parked()).map(({ reason }) => reason)).toEqual(['no_message', 'poison', 'undecryptable', 'wrong_key']);
  const { id } = await conversationOf(`external_userid=${customer}`);
  const { items } = (await at.api.get(`conversations/${id}/messages?limit=3`)).body;
  expect(items.map(({ text }: Json) => text)).toEqual(['three', 'two', 'one']);
  const [counts] = await at.db.query(
    `SELECT (SELECT COUNT(*) FROM archive_envelope) AS envelopes, (SELECT COUNT(*) FROM archive_message) AS messages,
       (SELECT COUNT(*) FROM archive_parked) AS parked`,
  );
  expect(Number(counts?.envelopes)).toBe(Number(counts?.messages) + Number(counts?.parked));
});

test('a conversation is read both ways, around a message, from a day, and by cursors', async () => {
  const { at, say } = archive;
  const chat = { roomid: 'wrDEMOroom00000000000000000000001', tolist: ['hao', customer] };
  const all = Array.from({ length: 30 }, (_, i) => say(`line ${i}`, { ...chat, msgtime: 1770000000000 + i * 60_000 }));
  await archive.said(...all);
  const { id, kind, chat_id, people, messages } = await conversationOf(`chat_id=${chat.roomid}`);
  expect({ kind, chat_id, messages }).toEqual({ kind: 'group', chat_id: chat.roomid, messages: 30 });
  expect(people.map((one: Json) => [one.id, one.kind])).toEqual([
    ['hao', 'staff'],
    ['lin', 'staff'],
    [customer, 'external'],
  ]);
  const page = async (query: string): Promise<Json> => {
    const { body } = await at.api.get(`conversations/${id}/messages?limit=10&${query}`);
    return { ...body, lines: body.items.map(({ text }: Json) => Number(text.slice(5))) };
  };
  const newest = await page('');
  expect(newest.lines).toEqual([29, 28, 27, 26, 25, 24, 23, 22, 21, 20]);
  expect((await page(`cursor=${newest.next_cursor}`)).lines[0]).toBe(19);
  expect((await page('order=asc')).lines).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  const around = await page(`around=${newest.items[9].id}`);
  expect(around.lines).toEqual([15, 16, 17, 18, 19, 20, 21, 22, 23, 24]);
  expect((await page(`order=asc&cursor=${around.next_cursor}`)).lines).toEqual([25, 26, 27, 28, 29]);
  expect((await page(`order=desc&cursor=${around.previous_cursor}`)).lines.slice(0, 2)).toEqual([14, 13]);
  expect((await page(`at=${new Date(1770000000000 + 12 * 60_000).toISOString()}`)).lines).toContain(12);
  expect((await page('at=2099-01-01')).lines).toContain(29);
  expect((await at.api.get(`conversations/${id}/messages?around=1`)).body.code).toBe('CONVERSATION_MESSAGE_NOT_FOUND');
  expect((await at.api.get('conversations/none/messages')).status).toBe(404);
});

describe('who reads', () => {
  const path = async () =>
    `conversations/${(await conversationOf(`kind=single&external_userid=${customer}`)).id}/messages`;
  const as = async (roles: string[], userid?: string) => {
    const { access } = archive.at.system.services;
    const { token } = await access.issueToken({ name: roles.join(), roles: roles as never, userid });
    return async (where: string) => {
      const headers = { authorization: `Bearer ${token}`, connection: 'close' };
      const answer = await fetch(`${archive.at.system.url}/api/v1/${where}`, { headers });
      return { status: answer.status, text: await answer.text() };
    };
  };

  test('A10 S11 no administrator and no line reads content', async () => {
    for (const role of ['system_admin', 'security_admin', 'sales', 'sales_manager', 'service', 'finance']) {
      const { status, text } = await (await as([role]))(await path());
      expect([role, status]).toEqual([role, 403]);
      expect(text).not.toContain('报价单');
    }
    expect((await (await as(['auditor']))(await path())).status).toBe(200);
  });

  test('A11 S16 each page that is read stands in the trail; when it cannot be written, nothing is shown', async () => {
    const { at } = archive;
    const where = await path();
    const officer = await as(['compliance_officer']);
    const reads = async () => at.api.all('audit-events?action=archive.read');
    const before = (await reads()).length;
    const { text } = await officer(where);
    expect(text).toContain('报价单');
    const [latest, ...others] = await reads();
    expect(others).toHaveLength(before);
    expect(latest).toMatchObject({ target: `conversation:${where.split('/')[1]}`, result: 'ok' });
    expect(latest?.detail.messages.length).toBeGreaterThan(2);
    await at.db.execute('ALTER TABLE evidence_pending RENAME TO away');
    const refused = await officer(where).finally(() => at.db.execute('ALTER TABLE away RENAME TO evidence_pending'));
    expect(refused.status).toBe(500);
    expect(refused.text).not.toContain('报价单');
  });
});

test('S13 no word of it stands in the database', async () => {
  const rows = await archive.at.db.query('SELECT * FROM archive_body');
  expect(rows.length).toBeGreaterThan(30);
  const tables = ['archive_message', 'archive_body', 'archive_body_key', 'archive_conversation', 'archive_key'];
  for (const table of tables) {
    const text = JSON.stringify(await archive.at.db.query(`SELECT * FROM ${table}`));
    for (const word of ['报价单', 'PRIVATE KEY', 'waits for its key']) expect(text).not.toContain(word);
  }
});
