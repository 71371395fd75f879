import { leafOfEnvelope } from '../../../../src/features/archive/envelopes/envelopes.store';
import { type ArchiveAtTest, archiveAtTest } from '../../../support/archive';

let at: ArchiveAtTest;
beforeEach(async () => {
  at = await archiveAtTest();
});
afterEach(() => at.close());

const verify = (scope: 'all' | 'new' = 'all') => at.verifications.verify({ scope, actor: 'host' });
const found = async (scope?: 'all' | 'new') =>
  (await verify(scope)).faults.map(({ kind, table, id }) => `${kind} ${table} ${id}`);

/** Ten messages in two pages and batches, a parked one, a conflict, a day that is closed. */
async function archive(): Promise<void> {
  at.wecom.state.pageSize = 5;
  for (let i = 0; i < 5; i++) at.wecom.say(`您好 ${i}`);
  await at.fetch();
  for (let i = 5; i < 9; i++) at.wecom.say(`您好 ${i}`, { from: 'wang' });
  at.wecom.say('no key', { version: 2 });
  await at.fetch();
  at.at('2026-11-03T00:10:00Z');
  await at.statements.closeDays();
  await at.evidence.seal({ sign: true });
}

test('A2 S16 an archive that nobody touched is sound, whole and in what is new', async () => {
  await archive();
  expect(await verify()).toMatchObject({
    ...{ ok: true, faults: [], fault_count: 0 },
    checked: { envelopes: 10, messages: 9, statements: 1 },
  });
  expect(await verify('new')).toMatchObject({ ok: true, checked: { envelopes: 0, messages: 0, statements: 0 } });
  at.wecom.say('one more');
  await at.fetch();
  expect(await verify('new')).toMatchObject({ ok: true, checked: { envelopes: 1, messages: 1 } });
  at.wecom.state.keys.add(2);
  await at.opener.openAll({ keys: [2] });
  expect(await verify('new')).toMatchObject({ ok: true, checked: { messages: 1 } });
  expect(await verify()).toMatchObject({ ok: true, checked: { envelopes: 11, messages: 11 } });
});

const body = (id: number, from: number) =>
  `UPDATE archive_body SET sealed = (SELECT s FROM (SELECT sealed AS s FROM archive_body WHERE id = ${from}) x) WHERE id = ${id}`;

test.each<[what: string, table: string, sql: string[], expected: string]>([
  [
    'envelope text',
    'archive_envelope',
    ["UPDATE archive_envelope SET message = 'x' WHERE id = 3"],
    'CONTENT archive_envelope 3',
  ],
  [
    'envelope key',
    'archive_envelope',
    ["UPDATE archive_envelope SET random_key = 'x' WHERE id = 3"],
    'CONTENT archive_envelope 3',
  ],
  [
    'envelope msgid',
    'archive_envelope',
    ["UPDATE archive_envelope SET msgid = 'x' WHERE id = 3"],
    'CONTENT archive_envelope 3',
  ],
  [
    'envelope key version',
    'archive_envelope',
    ['UPDATE archive_envelope SET publickey_ver = 2 WHERE id = 3'],
    'CONTENT archive_envelope 3',
  ],
  [
    'envelope page',
    'archive_envelope',
    ['UPDATE archive_envelope SET page_id = 6 WHERE id = 3'],
    'ORDER archive_envelope 3',
  ],
  [
    'envelope leaf',
    'archive_envelope',
    [`UPDATE archive_envelope SET leaf = '${'0'.repeat(64)}' WHERE id = 3`],
    'LEAF archive_envelope 3',
  ],
  [
    'envelope gone, first',
    'archive_envelope',
    ['DELETE FROM archive_envelope WHERE id = 1'],
    'MISSING archive_envelope 1',
  ],
  [
    'envelope gone, last',
    'archive_envelope',
    ['DELETE FROM archive_envelope WHERE id = 10'],
    'MISSING archive_envelope 10',
  ],
  [
    'envelope inserted',
    'archive_envelope',
    [
      "INSERT INTO archive_envelope (id, seq, msgid, publickey_ver, random_key, message, page_id, leaf) VALUES (11, '99', 'x', 1, 'k', 'm', 6, 'l')",
    ],
    'INSERTED archive_envelope 11',
  ],
  [
    'envelopes swapped',
    'archive_envelope',
    [
      'UPDATE archive_envelope SET id = -1 WHERE id = 2',
      'UPDATE archive_envelope SET id = 2 WHERE id = 3',
      'UPDATE archive_envelope SET id = 3 WHERE id = -1',
    ],
    'ORDER archive_envelope 3',
  ],
  [
    'page root',
    'archive_page',
    [`UPDATE archive_page SET root = '${'0'.repeat(64)}' WHERE id = 1`],
    'ROOT archive_page 1',
  ],
  ['page gone', 'archive_page', ['DELETE FROM archive_page WHERE id = 1'], 'MISSING archive_page 1'],
  ['last page gone', 'archive_page', ['DELETE FROM archive_page WHERE id = 6'], 'CHAIN archive_page 6'],
  [
    'message sender',
    'archive_message',
    ["UPDATE archive_message SET sender = 'zhao' WHERE id = 4"],
    'CONTENT archive_message 4',
  ],
  [
    'message time',
    'archive_message',
    ["UPDATE archive_message SET sent_at = '2020-01-01 00:00:00.000' WHERE id = 4"],
    'CONTENT archive_message 4',
  ],
  [
    'message conversation',
    'archive_message',
    ["UPDATE archive_message SET conversation_id = 'other' WHERE id = 4"],
    'CONTENT archive_message 4',
  ],
  [
    'message number',
    'archive_message',
    ["UPDATE archive_message SET seq = '7' WHERE id = 4"],
    'CONTENT archive_message 4',
  ],
  [
    'message hash',
    'archive_message',
    [`UPDATE archive_message SET content = '${'0'.repeat(64)}' WHERE id = 4`],
    'CONTENT archive_body 4',
  ],
  [
    'message batch',
    'archive_message',
    ['UPDATE archive_message SET batch_id = 2 WHERE id = 4'],
    'INSERTED archive_batch 2',
  ],
  [
    'message of no batch',
    'archive_message',
    ['UPDATE archive_message SET batch_id = 9 WHERE id = 4'],
    'INSERTED archive_message 4',
  ],
  ['message gone', 'archive_message', ['DELETE FROM archive_message WHERE id = 4'], 'MISSING archive_message 4'],
  [
    'batch root',
    'archive_batch',
    [`UPDATE archive_batch SET root = '${'0'.repeat(64)}' WHERE id = 1`],
    'ROOT archive_batch 1',
  ],
  ['batch gone', 'archive_batch', ['DELETE FROM archive_batch WHERE id = 1'], 'MISSING archive_batch 1'],
  ['body of another', 'archive_body', [body(4, 5)], 'CONTENT archive_body 4'],
  ['body edited', 'archive_body', ["UPDATE archive_body SET sealed = 'AAAA' WHERE id = 4"], 'CONTENT archive_body 4'],
  ['body gone', 'archive_body', ['DELETE FROM archive_body WHERE id = 4'], 'MISSING archive_body 4'],
  [
    'body inserted',
    'archive_body',
    ["INSERT INTO archive_body (id, key_id, sealed) VALUES (10, 1, 'x')"],
    'INSERTED archive_body 10',
  ],
  ['parked one dropped', 'archive_parked', ['DELETE FROM archive_parked'], 'MISSING archive_message 10'],
  ['ledger line edited', 'archive_pull', ['UPDATE archive_pull SET returned = 9 WHERE id = 1'], 'ROOT archive_pull 1'],
  [
    'statement edited',
    'archive_statement',
    ["UPDATE archive_statement SET closed_at = '2020-01-01 00:00:00.000'"],
    'CHAIN archive_statement 1',
  ],
  [
    'link edited',
    'evidence_link',
    [`UPDATE evidence_link SET link = '${'0'.repeat(64)}' WHERE n = 1`],
    'CHAIN evidence_link 1',
  ],
  ['link gone', 'evidence_link', ['DELETE FROM evidence_link WHERE n = 2'], 'CHAIN evidence_link 2'],
])('A2 AR2 S16 found and named: %s', async (_, table, sql, expected) => {
  await archive();
  await at.tamper(table, ...sql);
  expect(await found()).toContain(expected);
});

/** The same, and a group chat of three in which something is taken back. */
async function archiveOfGroup(): Promise<{ single: string; group: string }> {
  await archive();
  const inGroup = { chat: 'wrGroup', to: ['qiao', 'wmOutside00000000000000000001'] };
  at.wecom.say('大家好', inGroup);
  at.wecom.say('撤回', { ...inGroup, more: { msgtype: 'revoke', action: 'recall', revoke: { pre_msgid: 'm1' } } });
  await at.fetch();
  const [single] = await at.db.query<{ id: string }>("SELECT id FROM archive_conversation WHERE kind = 'single'");
  const [group] = await at.db.query<{ id: string }>("SELECT id FROM archive_conversation WHERE kind = 'group'");
  return { single: String(single?.id), group: String(group?.id) };
}

const into = (id: string, person: string) =>
  `INSERT INTO archive_participant (conversation_id, person, kind) VALUES ('${id}', '${person}', 'staff')`;
const others = 'id, kind, userid, external_userid, peer_userid, chat_id, first_message_at, last_message_at';

test.each<[what: string, sql: (of: { single: string; group: string }) => string, expected: string]>([
  ['somebody added to a single chat', ({ single }) => into(single, 'spy'), 'CONTENT archive_participant {single}'],
  [
    'somebody taken out of a single chat',
    ({ single }) => `DELETE FROM archive_participant WHERE conversation_id = '${single}' AND kind = 'staff'`,
    'CONTENT archive_participant {single}',
  ],
  [
    'somebody in a single chat exchanged',
    ({ single }) =>
      `UPDATE archive_participant SET person = 'spy' WHERE conversation_id = '${single}' AND kind = 'staff'`,
    'CONTENT archive_participant {single}',
  ],
  ['somebody added to a group chat', ({ group }) => into(group, 'spy'), 'INSERTED archive_participant {group}'],
  [
    'somebody taken out of a group chat',
    ({ group }) => `DELETE FROM archive_participant WHERE conversation_id = '${group}' AND person = 'qiao'`,
    'MISSING archive_participant {group}',
  ],
  [
    'staff turned into somebody outside',
    ({ group }) => `UPDATE archive_participant SET kind = 'external' WHERE conversation_id = '${group}'`,
    'CONTENT archive_participant {group}',
  ],
  ['people of no conversation', () => into('nowhere', 'spy'), 'INSERTED archive_participant nowhere'],
  [
    'conversation gone',
    ({ single }) => `DELETE FROM archive_conversation WHERE id = '${single}'`,
    'MISSING archive_conversation {single}',
  ],
  [
    'conversation without messages',
    () => `INSERT INTO archive_conversation (${others}, last_message_id, messages) SELECT 'zz', 'single', 'a', NULL, NULL,
      NULL, first_message_at, last_message_at, last_message_id, messages FROM archive_conversation LIMIT 1`,
    'INSERTED archive_conversation zz',
  ],
  [
    'conversation of somebody else',
    ({ single }) => `UPDATE archive_conversation SET userid = 'spy' WHERE id = '${single}'`,
    'CONTENT archive_conversation {single}',
  ],
  [
    'another group chat',
    ({ group }) => `UPDATE archive_conversation SET chat_id = 'wrOther' WHERE id = '${group}'`,
    'CONTENT archive_conversation {group}',
  ],
  [
    'messages counted wrongly',
    ({ single }) => `UPDATE archive_conversation SET messages = messages + 1 WHERE id = '${single}'`,
    'CONTENT archive_conversation {single}',
  ],
  [
    'last message moved',
    ({ group }) => `UPDATE archive_conversation SET last_message_at = '2020-01-01 00:00:00.000' WHERE id = '${group}'`,
    'CONTENT archive_conversation {group}',
  ],
  ['recall forgotten', () => 'DELETE FROM archive_recall', 'MISSING archive_recall 12'],
  [
    'recall invented',
    () => "INSERT INTO archive_recall (msgid, message_id) VALUES ('m3', 4)",
    'INSERTED archive_recall 4',
  ],
])('A2 S9 what is kept of conversations follows from their messages: %s', async (_, sql, expected) => {
  const ids = await archiveOfGroup();
  expect(await found()).toEqual([]);
  await at.db.execute(sql(ids));
  expect(await found()).toContain(expected.replace('{single}', ids.single).replace('{group}', ids.group));
});

test('A2 A16 of a group chat that was purged in part nobody says who may not have been there', async () => {
  const { group } = await archiveOfGroup();
  await at.db.execute('UPDATE archive_body_key SET sealed = NULL, destroyed_at = ? WHERE conversation_id = ?', [
    ...[at.clock.now(), group],
  ]);
  expect(await found()).toEqual([]);
});

test('AR2 F4 after a deadlock nothing that was undone is taken for stored', async () => {
  await archive();
  let isFirst = true;
  const deadlocked = async () => {
    if (!isFirst) return;
    isFirst = false;
    throw Object.assign(new Error('deadlock'), { code: 'ER_LOCK_DEADLOCK' });
  };
  const opener = at.openerWith([() => deadlocked]);
  for (const month of ['11', '12']) at.wecom.say('一', { chat: 'wrNew', at: new Date(`2025-${month}-02T02:00:00Z`) });
  at.wecom.say('二', { from: 'zhou' });
  await at.puller.pullAll();
  // SQLite has no deadlocks, so nothing is tried again by itself.
  await opener.openAll().catch(() => opener.openAll());
  expect(isFirst).toBe(false);
  expect(await found()).toEqual([]);
});

test('A2 an envelope and its hash changed together are found by the root of the page', async () => {
  await archive();
  await at.tamper('archive_envelope', "UPDATE archive_envelope SET message = 'x', leaf = 'y' WHERE id = 3");
  const [row] = await at.db.query<Record<string, string>>('SELECT * FROM archive_envelope WHERE id = 3');
  const leaf = leafOfEnvelope({
    ...{ seq: String(row?.seq), msgid: String(row?.msgid), publickey_ver: 1 },
    ...{ encrypt_random_key: String(row?.random_key), encrypt_chat_msg: 'x' },
  });
  await at.db.execute('UPDATE archive_envelope SET leaf = ? WHERE id = 3', [leaf]);
  expect(await found()).toEqual(['ROOT archive_page 1']);
});

test('A2 every bad row is named, and everything is read again after a fault', async () => {
  await archive();
  await verify();
  await at.tamper('archive_envelope', "UPDATE archive_envelope SET message = 'x' WHERE id IN (2, 7)");
  expect(await found('new')).toEqual([]);
  expect(await found()).toEqual(['CONTENT archive_envelope 2', 'CONTENT archive_envelope 7']);
  expect(await found('new')).toHaveLength(2);
});

test('A15 A16 what was purged is no fault: the key of its month was destroyed, and the leaf still verifies', async () => {
  await archive();
  await at.db.execute('UPDATE archive_body_key SET sealed = NULL, destroyed_at = ? WHERE id = 1', [at.clock.now()]);
  expect(await found()).toEqual([]);
  await at.tamper('archive_message', "UPDATE archive_message SET sender = 'zhao' WHERE id = 1");
  expect(await found()).toEqual(['ROOT archive_batch 1']);
});

test('A17 a contradiction that was kept is read again as well', async () => {
  await archive();
  await at.db.execute("UPDATE archive_cursor SET seq = '00000000000000000000' WHERE name = 'pull'");
  at.wecom.held.splice(0, 1, { ...(at.wecom.held[0] as (typeof at.wecom.held)[0]), encrypt_chat_msg: 'other' });
  await at.fetch();
  expect(await found()).toEqual([]);
  await at.tamper('archive_conflict', "UPDATE archive_conflict SET message = 'x'");
  expect(await found()).toEqual(['CONTENT archive_conflict 1']);
});

test('S16 a verification is itself recorded; a broken archive is an alarm', async () => {
  await archive();
  await verify();
  expect(await at.verifications.health.check()).toMatchObject({ level: 'ok' });
  await at.tamper('archive_body', 'DELETE FROM archive_body WHERE id = 4');
  await verify();
  expect(await at.verifications.health.check()).toEqual({
    level: 'degraded',
    detail: '1 faults at the last verification',
  });
  const { items } = await at.audit.list({ action: 'archive.verified', limit: 10 });
  expect(items.map(({ actor, result }) => [actor, result])).toEqual([
    ['host', 'failed'],
    ['host', 'ok'],
  ]);
});
