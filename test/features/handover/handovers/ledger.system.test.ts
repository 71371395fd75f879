import { useSystem } from '../../../support/system';
import { busiest, carriedOut, itemsOf, leaves, plan } from './support';

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
