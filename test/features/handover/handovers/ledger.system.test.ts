import { useSystem } from '../../../support/system';
import { aViewer } from '../../../support/viewers';
import { aDayLater, busiest, carriedOut, itemsOf, leaves, plan } from './support';

const system = useSystem({
  ...{ staff: 12, externalContacts: 200, groupChats: 10, leavers: 0, seed: 91 },
  env: { HANDOVER_LOOKUP_SECONDS: '0' },
});
beforeAll(() => system.at.syncAll());

test('WCM-07 everything a leaver holds arrives at colleagues, with remark and tags, and nothing is found or missing', async () => {
  const { at } = system;
  const [leaver = '', ...others] = busiest(at);
  await leaves(at, leaver);
  const handover = await plan(at, {
    from_userids: [leaver],
    successors: others.slice(0, 4).map((userid) => ({ userid })),
  });
  expect(handover.summary).toMatchObject({ without_successor: 0 });
  const done = await carriedOut(at, handover.id);
  const items = await itemsOf(at, handover.id);
  expect(items.filter(({ state }) => state !== 'taken_over')).toEqual([]);
  expect(items.filter(({ kind, carry }) => kind === 'external_contact' && carry !== 'done')).toEqual([]);
  expect(done.state).toBe('done');
  const { differences } = await at.reconcile();
  expect(differences).toEqual([]);
  expect(await at.api.all('findings?detector=CUSTOMER_DELETED_BY_STAFF')).toEqual([]);
});

test('CUS-04 whoever let it go is told how it ended, and the successor how many are theirs now', async () => {
  const { at } = system;
  const { access, handovers } = at.system.services;
  const [giver = '', successor = ''] = busiest(at);
  const theirs = await access.createUser({ name: 'Successor', roles: ['sales'], userid: successor });
  const own = await access.createUser({ name: 'Manager', roles: ['sales_manager'] });
  const [first] = await at.api.all(`relations?userid=${giver}&state=active`);
  const handover = await plan(at, {
    ...{ from_userids: [giver], external_contacts: [first?.external_userid], group_chats: 'none' },
    successors: [{ userid: successor }],
  });
  const by = { viewer: aViewer(['sales_manager'], { kind: 'account', id: own.id }), address: '127.0.0.1' };
  await at.runEnds('runs', (await handovers.plans.submit(handover.id, by)).id);
  await aDayLater(at);
  await at.runEnds('runs', (await handovers.plans.refresh(handover.id, by)).id);
  const told = await at.db.query<{ account_id: string; kind: string; params: string }>(
    "SELECT account_id, kind, params FROM notification WHERE kind IN ('handover_ended', 'handover_received') ORDER BY kind",
  );
  expect(told.map(({ params, ...rest }) => ({ ...rest, ...JSON.parse(params) }))).toMatchObject([
    { account_id: own.id, kind: 'handover_ended', taken: '1', left: '0' },
    { account_id: theirs.id, kind: 'handover_received', contacts: '1', groups: '0' },
  ]);
});
