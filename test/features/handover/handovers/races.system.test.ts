import { sleep } from '../../../../src/core/clock';
import type { ContactWithFollowers } from '../../../../src/wecom';
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

test('I5 R1 an event read before a write of ours does not undo it, and one read after it counts', async () => {
  const { at } = system;
  const { db, system: running } = at;
  const { externalContacts } = running.services;
  const [userid = ''] = busiest(at);
  const [{ external_userid } = { external_userid: '' }] = await at.api.all(`relations?userid=${userid}&state=active`);
  const [staffId = ''] = (await db.query<{ id: string }>('SELECT id FROM staff WHERE userid = ?', [userid])).map(
    ({ id }) => id,
  );
  const held = await externalContacts.store.pair(staffId, external_userid);
  const [contact] = await externalContacts.store.contacts([external_userid]);
  if (!held || !contact) throw new Error('nobody is there');
  const noted = (remark: string): ContactWithFollowers => ({
    contact: { ...contact, avatar: '', position: '', corp_name: '', corp_full_name: '', raw: {} },
    followers: [
      {
        ...{ userid, remark, description: '', createtime: held.started_at, remark_corp_name: '', remark_mobiles: [] },
        ...{ add_way: 0, oper_userid: '', state: '', tags: [], raw: {} },
      },
    ],
  });
  const told = (remark: string, source: 'event' | 'own_write', when: Date) =>
    db.transact(() => externalContacts.mirrorRead(noted(remark), { source, ref: 'test', at: when }));
  const remark = async () => {
    const { body } = await at.api.get(`external-contacts/${external_userid}`);
    return body.relations.find((row: { userid: string }) => row.userid === userid)?.remark;
  };
  const before = db.now();
  await sleep(20);
  await told('ours', 'own_write', db.now());
  await told('older', 'event', before);
  expect(await remark()).toBe('ours');
  await sleep(20);
  await told('newer', 'event', db.now());
  expect(await remark()).toBe('newer');
});
