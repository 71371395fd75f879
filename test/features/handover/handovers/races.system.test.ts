import { sleep } from '../../../../src/core/clock';
import { useSystem } from '../../../support/system';
import { aDayLater, busiest, itemsOf, leaves, plan, refresh, submit } from './support';

const system = useSystem({
  ...{ staff: 8, externalContacts: 80, groupChats: 0, leavers: 0, seed: 92 },
  env: { HANDOVER_LOOKUP_SECONDS: '0' },
});
beforeAll(() => system.at.syncAll());

test('WCM-07 what goes along is kept though WeCom tells of the same pair while it is written', async () => {
  const { at } = system;
  const { control, faults, world, ledger } = at.sandbox;
  const [leaver = '', to = ''] = busiest(at);
  const known = new Set(world.findStaff(to)?.relations.keys());
  const [external_userid = ''] = [...(world.findStaff(leaver)?.relations.keys() ?? [])].filter((id) => !known.has(id));
  const [tag = ''] = world.tagIds();
  control.editRelation({ userid: leaver, external_userid, remark: '要小心的人', add_tags: [tag] });
  await at.settled();
  await leaves(at, leaver);
  const scope = { external_contacts: [external_userid], group_chats: 'none' };
  const { id } = await plan(at, { from_userids: [leaver], successors: [{ userid: to }], ...scope });
  await submit(at, id);
  faults.set('slow', { ms: 1500, only: ['externalcontact/remark'] });
  const arrived = aDayLater(at).then(() => refresh(at, id));
  while (ledger.calls['externalcontact/remark'] === undefined) await sleep(10);
  // The successor notes something themselves: WeCom's event is handled before the tags are written.
  control.editRelation({ userid: to, external_userid, remark_mobiles: ['13000001234'] });
  await arrived;
  faults.clear();
  await at.settled();
  expect(await itemsOf(at, id)).toMatchObject([{ state: 'taken_over', carry: 'done' }]);
  expect((await at.reconcile()).differences).toEqual([]);
});
