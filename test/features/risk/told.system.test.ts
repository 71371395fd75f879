import { insertRows } from '../../../src/db/bulk';
import type { Value } from '../../../src/db/database';
import type { Draft } from '../../../src/features/risk/findings';
import { type Json, useSystem } from '../../support/system';
import { type Desk, openDesk } from '../archive/desk';

const system = useSystem({ staff: 1, externalContacts: 1, groupChats: 0, leavers: 0 });
let desk: Desk;
beforeAll(async () => {
  desk = await openDesk(system.at);
});

const at = new Date('2026-04-01T02:00:00.000Z');
const hash = 'a'.repeat(64);

/** A row of another feature, as it would stand there. @returns its id */
async function put(table: string, row: Record<string, Value>): Promise<string> {
  const { db } = system.at;
  await insertRows(db, { table, columns: Object.keys(row) }, [Object.values(row)]);
  const [added] = await db.query<{ id: unknown }>(`SELECT MAX(id) AS id FROM ${table}`);
  return String(added?.id);
}

async function raised(key: string, evidence: Draft['evidence'], userid = 'Chen'): Promise<string> {
  const { db, system: running } = system.at;
  const draft = { key, evidenceLevel: 'DERIVED' as const, severity: 'high' as const, userid, occurredAt: at, evidence };
  await db.transact(() => running.services.findings.raise({ code: 'ARCHIVE_EVASION', version: 1 }, [draft]));
  const sql = 'SELECT id FROM finding WHERE dedupe_key = ?';
  const [found] = await db.query<{ id: unknown }>(sql, [`ARCHIVE_EVASION:${key}`]);
  return String(found?.id);
}

const logged = (source: string, type: number, detail_type: number | null) =>
  put('security_record', {
    ...{ digest: `${source}-${type}`, source, occurred_at: at, userid: 'Chen', type, detail_type, fetched_at: at },
  });

/** One row of each kind, and what it tells. */
async function everySource(): Promise<[source: Draft['evidence'][number]['source'], ref: string, told: object][]> {
  const conversation_id = 'c'.repeat(32);
  const between = { userid: 'Chen', external_userid: 'wmChen', chat_id: null };
  await put('archive_conversation', {
    ...{
      id: conversation_id,
      kind: 'single',
      ...between,
      peer_userid: null,
      first_message_at: at,
      last_message_at: at,
    },
    ...{ last_message_id: 1, messages: 1 },
  });
  const message = await put('archive_message', {
    ...{ id: 1, seq: '1', msgid: 'm1', conversation_id, sender: 'Chen', action: 'send', type: 'text', sent_at: at },
    ...{ recalls: null, has_media: false, batch_id: 1, content: hash },
  });
  const group = { chat_id: 'wr1', kind: 'owner_changed', source: 'event', occurred_at: at, recorded_at: at };
  const consent = { userid: '', external_userid: 'wmChen', chat_id: 'wr1', status: 'disagreed', source: 'poll' };
  const check = await put('spot_check', {
    ...{ userid: 'Chen', conversation_id, how: 'chosen', reason: 'x', asked_by: 'a', asked_at: at },
  });
  const connector = { id: 'k1', name: 'mdm', public_key: 'k', created_by: 'a', created_at: at };
  await put('device_connector', connector);
  const report = { connector_id: 'k1', nonce: 'n', body: '{}', signature: 's', received_at: at };
  const result = { spot_check_id: check, outcome: 'missing_on_device', missing: '[]', actor: 'a', at };
  return [
    ['message', message, { what: 'text', ...between, inside: conversation_id }],
    ['group_chat_history', await put('group_chat_history', group), { what: 'owner_changed', chat_id: 'wr1' }],
    [
      ...(['consent', await put('archive_consent', { ...consent, changed_at: null, recorded_at: at })] as const),
      { what: 'disagreed', userid: null, external_userid: 'wmChen', chat_id: 'wr1' },
    ],
    ['seat', await put('archive_seat', { userid: 'Chen', held: false, recorded_at: at }), { what: 'lost' }],
    ['member_log', await logged('member_log', 2, null), { what: '2', userid: 'Chen' }],
    ['admin_log', await logged('admin_log', 7, 140), { what: '140', userid: 'Chen' }],
    ['device_report', await put('device_report', report), { what: 'mdm', userid: null }],
    ['spot_check', await put('spot_check_result', result), { what: 'missing_on_device', inside: check }],
  ];
}

test('WCM-04 a case tells of every record what it says, when, and whom it concerns', async () => {
  const officer = await desk.officer('Anna');
  const rows = await everySource();
  const evidence = rows.map(([source, ref]) => ({ source, ref, hash }));
  const gone = { source: 'seat' as const, ref: '999', hash };
  const id = await raised('all', [...evidence, gone]);
  const { body } = await desk.call(officer, `findings/${id}`);
  const told = body.evidence.map((one: Json) => one.told);
  expect(told.at(-1)).toBeNull();
  expect(told.slice(0, -1)).toEqual(
    rows.map(([, , known]) => expect.objectContaining({ at: at.toISOString(), ...known })),
  );
});

test('S9 a case tells nothing of another finding that its reader may not see', async () => {
  const officer = await desk.officer('Chen', 'Chen');
  const other = await raised('of another', [], 'Sun');
  const own = await raised('of the reader', [], 'Chen');
  const evidence = [own, other].map((ref) => ({ source: 'finding' as const, ref, hash }));
  const id = await raised('both', evidence, 'Sun');
  const { body } = await desk.call(officer, `findings/${id}`);
  expect(body.evidence.map(({ told }: Json) => told?.what ?? null)).toEqual([null, 'ARCHIVE_EVASION']);
});
