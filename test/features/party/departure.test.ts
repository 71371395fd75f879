import { type Json, useSystem } from '../../support/system';
import { caller } from './support';

const system = useSystem({ staff: 8, externalContacts: 20, groupChats: 0, leavers: 0, seed: 61 });

test('CUS-04 WCM-07 what a leaver has in the CRM is shown and handed over; closed business keeps its owner', async () => {
  const { at } = system;
  await at.syncAll();
  const boss = await caller(at, ['sales_manager']);
  const [userid = '', to = ''] = at.sandbox.world.followers().map((staff) => staff.userid);
  const owner_userid = userid;
  const customer = await boss.made('customers', { name: '交接公司', owner_userid });
  const contact = await boss.made('contacts', { name: '交接人', customer_id: customer.id, owner_userid });
  const open = await boss.made('leads', { name: '在谈', wechat: 'open', owner_userid });
  const closed = await boss.made('leads', { name: '作废', wechat: 'closed', owner_userid });
  await boss.post(`leads/${closed.id}/discard`, { reason: '空号' });
  at.sandbox.control.staffLeaves({ userid });
  await at.settled();

  const departures: Json[] = (await boss.get('departures')).body.items;
  const departure = departures.find((one) => one.userid === userid) as Json;
  const subjects: Json[] = (await boss.get(`departures/${departure.id}/subjects`)).body.items;
  expect(subjects.map(({ kind, id, link }) => [kind, id, link]).sort()).toEqual(
    [
      ['contact', contact.id, `/contacts/${contact.id}`],
      ['customer', customer.id, `/customers/${customer.id}`],
      ['lead', open.id, `/leads/${open.id}`],
    ].sort(),
  );
  for (const { kind, id } of subjects) {
    const handed = await boss.post(`departures/${departure.id}/subjects/hand`, { kind, ids: [id], to });
    expect([kind, handed.body.items]).toEqual([kind, [{ id, outcome: 'moved' }]]);
  }
  expect((await boss.get(`departures/${departure.id}/subjects`)).body.items).toEqual([]);
  const owners = [
    (await boss.get(`customers/${customer.id}`)).body.owner_userid,
    (await boss.get(`contacts/${contact.id}`)).body.owner_userid,
    (await boss.get(`leads/${open.id}`)).body.owner_userid,
    (await boss.get(`leads/${closed.id}`)).body.owner_userid,
  ];
  expect(owners).toEqual([to, to, to, userid]);
  const { items } = (await boss.get(`customers/${customer.id}/changes`)).body;
  expect(items[0]).toMatchObject({ kind: 'handed_over' });
  const again = await boss.post(`leads/${closed.id}/assign`, { userid: to });
  expect([again.status, again.body.code]).toEqual([409, 'BAD_TRANSITION']);
});
