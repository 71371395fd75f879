import { join } from 'node:path';
import { writeArchiveKeys } from '../../src/sandbox';
import { type Json, until, useSystem } from '../support/system';

const system = useSystem({ staff: 12, externalContacts: 80, groupChats: 6, archiveKeys: [1, 3] });
const count = async (sql: string): Promise<number> => Number((await system.at.db.query<{ n: unknown }>(sql))[0]?.n);
const archived = () => system.at.sandbox.ledger.said.filter(({ seq }) => seq !== null);

/** Everything the API shows of a message, by msgid. */
async function shown(): Promise<Map<string, Json>> {
  const { api } = system.at;
  const all = new Map<string, Json>();
  for (const { id } of await api.all('conversations')) {
    for (const message of await api.all(`conversations/${id}/messages`)) all.set(message.msgid, message);
  }
  return all;
}

test('AR2 AR3 AR5 AR7 what people said is in the archive: nothing lost, nothing twice, every byte', async () => {
  const { at } = system;
  const { control } = at.sandbox;
  control.sayMany({ count: 500 });
  control.rotateArchiveKey();
  control.sayMany({ count: 60 });
  control.rotateArchiveKey();
  control.sayMany({ count: 200 });
  // WeCom tells of it by itself.
  await at.settled();
  await at.system.services.archive.wake();
  await at.settled();
  const sealedForTheMissing = archived().filter(({ publickey_ver }) => publickey_ver === 2).length;
  expect(sealedForTheMissing).toBeGreaterThan(10);
  expect(await count('SELECT COUNT(*) AS n FROM archive_parked')).toBe(sealedForTheMissing);
  expect(await count('SELECT COUNT(*) AS n FROM archive_envelope')).toBe(archived().length);

  writeArchiveKeys(join(at.dataDir, 'archive-keys'), [2]);
  await at.system.services.archive.wake();
  await until('what waited is opened', async () => (await count('SELECT COUNT(*) AS n FROM archive_parked')) === 0);
  await at.settled();
  const messages = await at.db.query<{ id: number }>('SELECT id FROM archive_message ORDER BY id');
  const read = await at.system.services.messageReader.read(messages.map(({ id }) => Number(id)));
  expect(read.map(({ opened }) => opened?.plain).sort()).toEqual(
    archived()
      .map(({ plain }) => plain)
      .sort(),
  );
  const views = await shown();
  expect(views.size).toBe(archived().length);
  const strange = [...views.values()].filter(({ known }) => !known).map(({ type }) => type);
  expect([...new Set(strange)].filter((type) => type !== 'aicard')).toEqual([]);
});

test('I7 AR4 a message is in the archive soon after WeCom told of it, without anybody asking', async () => {
  const { at } = system;
  at.sandbox.clock.advance(20_000);
  const single = archived().find(({ chat_id, to }) => chat_id === null && to[0]?.startsWith('wm'));
  const pair = { userid: single?.from, external_userid: single?.to[0] };
  const { msgid } = at.sandbox.control.say({ ...pair, text: '这句话由通知带来' });
  await at.settled();
  await until(
    'it is shown',
    async () => (await count('SELECT COUNT(*) AS n FROM archive_message')) === archived().length,
  );
  expect((await shown()).get(msgid)).toMatchObject({ text: '这句话由通知带来' });
});

test('O7 S13 a new data key seals what the archive holds anew, and every message is still read', async () => {
  const { at } = system;
  await until(
    'files are fetched',
    async () => (await count("SELECT COUNT(*) AS n FROM archive_file WHERE state = 'pending'")) === 0,
  );
  const { id } = await at.system.services.keys.rotate({ actor: 'host', by: 'test' });
  const { runs } = at.system.services;
  await until('the rotation ends', async () => !['queued', 'running'].includes((await runs.get(id)).state));
  expect(await runs.get(id)).toMatchObject({ state: 'succeeded', result: { version: 2, unreadable: 0 } });
  for (const table of ['archive_key', 'archive_body_key', 'archive_file', 'archive_blob']) {
    const rows = await at.db.query<{ v: string }>(
      `SELECT SUBSTR(sealed, 1, 3) AS v FROM ${table} WHERE sealed IS NOT NULL`,
    );
    expect([table, ...new Set(rows.map(({ v }) => v))]).toEqual([table, 'v2.']);
  }
  await at.restart();
  const stored = [...(await shown()).values()];
  expect(stored.filter(({ state }) => state !== 'stored')).toEqual([]);
  expect(stored).toHaveLength(archived().length);
});
