import { hash } from 'node:crypto';
import { instantText } from '../../../src/db/database';
import { eventSamples } from '../../../src/sandbox';
import { aPerson } from '../../support/people';
import { type Json, useSystem } from '../../support/system';

const system = useSystem({ staff: 6, externalContacts: 60, groupChats: 0, leavers: 0, seed: 33 });
beforeAll(() => system.at.syncAll());

let used = 0;
/** An active pair that no test has had yet. */
function pair() {
  const rows = system.at.sandbox.truth().relations.filter((row) => row.listed && !row.external_deleted);
  const { userid = '', external_userid = '' } = rows[used++] ?? {};
  return { userid, external_userid };
}

const findingsOf = (external_userid: string): Promise<Json[]> =>
  system.at.api.all(`findings?external_userid=${external_userid}`);
const codesOf = async (external_userid: string) =>
  (await findingsOf(external_userid)).map(({ detector, evidence_level, severity, state }) => [
    ...[detector, evidence_level, severity, state],
  ]);

test('WCM-06 DET CUSTOMER_DELETED_BY_STAFF a customer deleted by staff is found at once, once, with the line of the history it rests on', async () => {
  const { at } = system;
  const who = pair();
  at.sandbox.control.deleteByStaff(who);
  await at.settled();
  const [found, ...more] = await findingsOf(who.external_userid);
  expect(more).toEqual([]);
  expect(found).toMatchObject({
    ...{ detector: 'CUSTOMER_DELETED_BY_STAFF', evidence_level: 'OFFICIAL', severity: 'high', state: 'open' },
    ...{ userid: who.userid, external_userid: who.external_userid },
  });
  const [evidence] = found?.evidence ?? [];
  const [row] = await at.db.query<Record<string, unknown>>('SELECT * FROM relation_history WHERE id = ?', [
    Number(evidence?.ref),
  ]);
  const content = [row?.relation_id, row?.kind, row?.source, instantText(row?.occurred_at), row?.ref];
  expect(row?.kind).toBe('staff_deleted');
  expect(evidence).toMatchObject({ source: 'relation_history', hash: hash('sha256', JSON.stringify(content)) });
});

test('VIO-2.2-5 I4 WCM-06 told again, and told late by another event, it stays one finding', async () => {
  const { at } = system;
  const who = pair();
  at.sandbox.control.deleteByStaff({ ...who, silent: true });
  const createTime = Math.floor(Date.now() / 1000) - 20;
  const sample = eventSamples['change_external_contact/del_external_contact'];
  for (let n = 0; n < 3; n++) await at.sandbox.callbacks.sendRaw('agent', sample?.({ ...who, createTime }) ?? '');
  await at.settled();
  expect(await codesOf(who.external_userid)).toEqual([['CUSTOMER_DELETED_BY_STAFF', 'OFFICIAL', 'high', 'open']]);
});

test('I6 DET CUSTOMER_MISSING a deletion that was never told is missing at the second look, found once', async () => {
  const { at } = system;
  const who = pair();
  at.sandbox.control.deleteByStaff({ ...who, silent: true });
  await at.reconcile();
  await at.reconcile();
  expect(await codesOf(who.external_userid)).toEqual([['CUSTOMER_MISSING', 'DERIVED', 'high', 'open']]);
});

test.each([
  ['the end first', 0],
  ['the new relation first', 1],
])('VIO-2.2-1 VIO-2.2-3 what a transfer removed is no finding: %s', async (_, turn) => {
  const { at } = system;
  const who = pair();
  const { control, world } = at.sandbox;
  const others = world
    .followers()
    .filter(({ userid, relations }) => userid !== who.userid && !relations.has(who.external_userid));
  const takeover = others[0]?.userid ?? '';
  const order = { handover_userid: who.userid, takeover_userid: takeover, external_userids: [who.external_userid] };
  at.sandbox.deliverTo(undefined);
  control.transferCustomers(order);
  // It takes a day; here it is over at once.
  for (const transfer of world.transfers) transfer.takeover_time = 0;
  control.settleTransfers();
  at.sandbox.deliverTo(at.system.url);
  const createTime = Math.floor(Date.now() / 1000) - 10;
  const events = [
    eventSamples['change_external_contact/del_external_contact#transfer']?.({ ...who, createTime }),
    eventSamples['change_external_contact/add_external_contact']?.({ ...who, userid: takeover, createTime }),
  ];
  if (turn === 1) events.reverse();
  for (const xml of events) await at.sandbox.callbacks.sendRaw('agent', xml ?? '');
  await at.settled();
  const rows = await at.api.all(`relations?external_userid=${who.external_userid}&userid=${who.userid}`);
  expect(rows.map(({ state }) => state)).toEqual(['transferred_out']);
  await at.reconcile();
  expect(await findingsOf(who.external_userid)).toEqual([]);
});

test('RET-02 DET STAFF_DELETED_BY_CUSTOMER a customer who left is a risk of its own; who was left first and then deleted is a minor loss', async () => {
  const { at } = system;
  const who = pair();
  at.sandbox.control.deleteByExternal(who);
  await at.settled();
  expect(await codesOf(who.external_userid)).toEqual([['STAFF_DELETED_BY_CUSTOMER', 'OFFICIAL', 'low', 'open']]);
  at.sandbox.clock.advance(2000);
  at.sandbox.control.deleteByStaff(who);
  await at.settled();
  expect(await codesOf(who.external_userid)).toEqual([
    ['CUSTOMER_DELETED_BY_STAFF', 'OFFICIAL', 'low', 'open'],
    ['STAFF_DELETED_BY_CUSTOMER', 'OFFICIAL', 'low', 'open'],
  ]);
});

test('WCM-06 the superior and compliance are told, never the person it is about nor who stands below', async () => {
  const { at } = system;
  const { access, reporting } = at.system.services;
  const who = pair();
  const [other, below] = at.sandbox.world.followers().filter(({ userid }) => userid !== who.userid);
  const place = { access, db: at.db };
  const officer = await aPerson(place, { roles: ['compliance_officer'], name: 'officer' });
  const concerned = await aPerson(place, { roles: ['compliance_officer'], name: 'it is me', userid: who.userid });
  const subordinate = await aPerson(place, {
    roles: ['compliance_officer'],
    name: 'below',
    userid: below?.userid ?? '',
  });
  const superior = await aPerson(place, { roles: ['sales_manager'], name: 'boss', userid: other?.userid ?? '' });
  await at.db.execute('UPDATE staff SET direct_leaders = ? WHERE userid = ?', [
    JSON.stringify([other?.userid]),
    who.userid,
  ]);
  await at.db.execute('UPDATE staff SET direct_leaders = ? WHERE userid = ?', [
    JSON.stringify([who.userid]),
    below?.userid ?? '',
  ]);
  await reporting.refresh();
  at.sandbox.control.deleteByStaff(who);
  await at.settled();
  const told = await at.db.query<{ account_id: string }>(
    "SELECT account_id FROM notification WHERE kind = 'finding_raised' AND params LIKE ?",
    [`%"${who.userid}"%`],
  );
  const ids = told.map(({ account_id }) => account_id);
  expect(ids).toEqual(expect.arrayContaining([officer.id, superior.id]));
  expect(ids).not.toContain(concerned.id);
  expect(ids).not.toContain(subordinate.id);
});
