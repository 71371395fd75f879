import { aPerson } from '../../support/people';
import { type Json, useSystem } from '../../support/system';
import { leaversOf } from './leavers-at-test';

const system = useSystem({ staff: 24, externalContacts: 120, groupChats: 2, leavers: 0, seed: 94 });
const { take, leaves, departureOf, leftoversOf } = leaversOf(system);
beforeAll(() => system.at.syncAll());

const kernel = () => system.at.system.services;
const by = (viewer: Json) => ({ viewer: viewer as never, address: '127.0.0.1' });

interface Leaver {
  userid: string;
  id: string;
}
async function planned(userid: string): Promise<Leaver> {
  const { body } = await system.at.api.post('departures', { userid });
  return { userid, id: body.id };
}
const subjectsOf = ({ id }: Leaver): Promise<Json[]> => system.at.api.all(`departures/${id}/subjects`);
const kindsOf = async (leaver: Leaver) => (await subjectsOf(leaver)).map(({ kind }) => kind).sort();
const hand = (leaver: Leaver, kind: string, ids: string[], to: string | null = null) =>
  system.at.api.post(`departures/${leaver.id}/subjects/hand`, { kind, ids, to });
const only = async (leaver: Leaver, kind: string): Promise<Json> => {
  const rows = (await subjectsOf(leaver)).filter((row) => row.kind === kind);
  if (rows.length !== 1) throw new Error(`${rows.length} of ${kind}`);
  return rows[0] as Json;
};

test('WCM-07 a request for a second person ends with whoever asked', async () => {
  const { access, approvals } = kernel();
  const leaver = await planned(take());
  const person = await aPerson({ access, db: system.at.db }, { roles: ['security_admin'], userid: leaver.userid });
  const payload = { name: 'another', roles: ['compliance_officer'] };
  const asked = await approvals.ask({ action: 'user.create', payload, reason: 'needed' }, by(person.viewer));
  const shown = await only(leaver, 'approval');
  expect(shown).toMatchObject({ id: asked.id, title: 'user.create', movable: true });
  expect((await hand(leaver, 'approval', [asked.id])).body).toEqual({ items: [{ id: asked.id, outcome: 'ended' }] });
  expect((await approvals.get(asked.id, person.viewer)).state).toBe('withdrawn');
  expect(await kindsOf(leaver)).toEqual(['account']);
  expect((await hand(leaver, 'approval', [asked.id])).body.code).toBe('DEPARTURE_NOT_THEIRS');
});

test('WCM-07 S6 tokens are revoked, and accounts let nobody in any more once their member has left', async () => {
  const { access } = kernel();
  const userid = take();
  const { token, id } = await access.issueToken({ name: 'sync of the ERP', roles: ['sales'], userid });
  await access.issueToken({ name: 'of somebody else', roles: ['sales'] });
  const person = await aPerson({ access, db: system.at.db }, { roles: ['sales'], userid });
  const leaver = await planned(userid);
  expect(await kindsOf(leaver)).toEqual(['account', 'api_token']);
  expect(await only(leaver, 'account')).toMatchObject({ id: person.id, movable: false });
  expect(await access.viewerOfToken(token)).toBeDefined();
  await leaves(userid);
  expect(await kindsOf(leaver)).toEqual(['api_token']);
  expect(await leftoversOf(userid, '&kind=subject')).toMatchObject([
    { id, subject: 'api_token', title: 'sync of the ERP', why: 'no_handover', departure_id: leaver.id },
  ]);
  expect((await departureOf(userid)).counts.subjects).toBe(1);
  expect((await hand(leaver, 'api_token', [id])).body.items).toEqual([{ id, outcome: 'ended' }]);
  expect((await access.listTokens()).find((one) => one.id === id)?.revoked_at).not.toBeNull();
  expect(await leftoversOf(userid, '&kind=subject')).toEqual([]);
});

test('WCM-07 a webhook goes to a successor who has an account, and stays where there is none', async () => {
  const { access, webhooks } = kernel();
  const [from, to, without] = [take(), take(), take()];
  const { viewer } = await aPerson({ access, db: system.at.db }, { roles: ['system_admin'], userid: from });
  const heir = await aPerson({ access, db: system.at.db }, { roles: ['system_admin'], userid: to });
  const body = { url: 'https://erp.example.com/hook', event_types: ['staff.departed' as const], description: '' };
  await system.at.db.execute(
    `INSERT INTO webhook_subscription (id, url, description, event_types, active, secret, created_by, created_at,
       updated_at, version) VALUES ('w1', ?, '', 'staff.departed', 0, '', ?, ?, ?, 1)`,
    [body.url, `account:${viewer.id}`, system.at.db.now(), system.at.db.now()],
  );
  const leaver = await planned(from);
  expect(await only(leaver, 'webhook')).toMatchObject({ id: 'w1', title: 'erp.example.com', movable: true });
  expect((await hand(leaver, 'webhook', ['w1'], without)).body.items).toEqual([{ id: 'w1', outcome: 'left' }]);
  expect((await hand(leaver, 'webhook', ['w1'], to)).body.items).toEqual([{ id: 'w1', outcome: 'moved' }]);
  expect((await webhooks.ownedBy(heir.id)).map(({ id }) => id)).toEqual(['w1']);
  expect(await kindsOf(leaver)).toEqual(['account']);
});

test('WCM-07 a finding somebody took up is open again, and a spot check is for whoever else may run them', async () => {
  const { access, findings } = kernel();
  const { db, api } = system.at;
  const [from, about] = [take(), take()];
  const officer = await aPerson({ access, db }, { roles: ['compliance_officer'], userid: from });
  await db.transact(() =>
    findings.raise({ code: 'RECALL', version: 1 }, [
      { key: 'k', evidenceLevel: 'OFFICIAL', severity: 'high', userid: about, occurredAt: new Date(), evidence: [] },
    ]),
  );
  const [found] = await api.all(`findings?userid=${about}`);
  const decision = { state: 'reviewing' as const, version: found?.case_version };
  await findings.decide(found?.id, decision, by(officer.viewer));
  await db.execute(
    `INSERT INTO spot_check (userid, conversation_id, how, reason, asked_by, asked_at) VALUES (?, 'c1', 'chosen', 'r', ?, ?)`,
    [about, `account:${officer.id}`, db.now()],
  );
  const leaver = await planned(from);
  expect(await kindsOf(leaver)).toEqual(['account', 'finding_review', 'spot_check']);
  expect(JSON.stringify(await subjectsOf(leaver))).not.toContain(about);
  const check = await only(leaver, 'spot_check');
  expect((await hand(leaver, 'spot_check', [check.id])).body.items).toEqual([{ id: check.id, outcome: 'left' }]);
  expect((await hand(leaver, 'finding_review', [found?.id])).body.items).toMatchObject([{ outcome: 'moved' }]);
  const opened = (await api.get(`findings/${found?.id}`)).body;
  expect(opened).toMatchObject({ state: 'open', decided_by: null, case_version: found?.case_version + 2 });
  expect(opened.steps.map(({ state }: Json) => state)).toEqual(['reviewing', 'open']);
  expect(await kindsOf(leaver)).toEqual(['account', 'spot_check']);
});

test('WCM-07 what was shared with a leaver is shared no longer, all or nothing', async () => {
  const { access } = kernel();
  const { db, api } = system.at;
  const [owner, from] = [take(), take()];
  const { viewer } = await aPerson({ access, db }, { roles: ['sales'], userid: owner });
  const [mine] = await api.all(`relations?userid=${owner}&state=active`);
  const id = mine?.external_userid;
  await kernel().collaborators.add(id, { userid: from, level: 'read', until: undefined } as never, viewer);
  const leaver = await planned(from);
  const shared = await only(leaver, 'collaborator');
  expect(shared).toMatchObject({ title: mine?.external_name, link: `/external-contacts/${id}` });
  expect((await hand(leaver, 'collaborator', [shared.id, 'nothing'])).body.code).toBe('DEPARTURE_NOT_THEIRS');
  expect((await hand(leaver, 'flying_carpet', [shared.id])).body.code).toBe('DEPARTURE_UNKNOWN_SUBJECT');
  expect(await kernel().collaborators.list(id, viewer)).toHaveLength(1);
  expect((await hand(leaver, 'collaborator', [shared.id])).body.items).toMatchObject([{ outcome: 'ended' }]);
  expect(await kernel().collaborators.list(id, viewer)).toEqual([]);
  const [row] = await api.all(`audit-events?target=departure:${leaver.id}&action=departure.subjects_handed`);
  expect(row?.detail).toMatchObject({ kind: 'collaborator', to: null, items: [{ id: shared.id, outcome: 'ended' }] });
});

test('CUS-04 nobody takes over who is the leaver, has left, is to leave, or is not activated', async () => {
  const [from, gone, leaving, inactive] = [take(), take(), take(), take()];
  const leaver = await planned(from);
  await leaves(gone);
  await planned(leaving);
  system.at.sandbox.control.setStaffStatus({ userid: inactive, status: 4 });
  await system.at.syncAll();
  for (const to of [from, gone, leaving, inactive, 'nobody']) {
    expect([to, (await hand(leaver, 'approval', ['x'], to)).body.code]).toEqual([to, 'DEPARTURE_BAD_SUCCESSOR']);
  }
});
