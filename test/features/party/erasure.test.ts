import { type Json, useSystem } from '../../support/system';
import { caller } from './support';

const system = useSystem({ staff: 4, externalContacts: 10, groupChats: 0, leavers: 0, seed: 41 });

test('S23 whoever is erased is forgotten by their leads and contacts too: texts, numbers, notes, history', async () => {
  const { at } = system;
  await at.syncAll();
  const boss = await caller(at, ['sales_manager']);
  const [userid = ''] = at.sandbox.world.followers().map((staff) => staff.userid);
  const { external_userid } = at.sandbox.control.addRelation({ userid, state: 'canary-state' });
  await at.settled();
  const filter = encodeURIComponent(JSON.stringify({ field: 'external_userid', op: 'eq', value: external_userid }));
  const [lead] = (await boss.get(`leads?filter=${filter}`)).body.items;
  const checklist = { need: true, budget: true, authority: true, timing: true };
  const named = { name: 'canary-name', contact_name: 'canary-name', remark: 'canary-remark', phones: ['17012340009'] };
  await boss.patch(`leads/${lead.id}`, { version: lead.version, checklist, ...named, company: '留下的公司' });
  await boss.made(`leads/${lead.id}/touches`, { kind: 'talk', note: 'canary-note' });
  await boss.post(`leads/${lead.id}/qualify`);
  const done = (await boss.post(`leads/${lead.id}/convert`, {})).body;
  expect(done).toMatchObject({ status: 'converted', converted_contact_name: 'canary-name' });

  await at.system.services.queue.add([{ kind: 'privacy.erase_again', lane: 'bulk', payload: { external_userid } }]);
  await at.settled();
  const tables = ['sales_lead', 'lead_touch', 'contact', 'record_change', 'record_key', 'record_lookup'];
  const left = await Promise.all(
    tables.map(async (table) => JSON.stringify(await at.db.query(`SELECT * FROM ${table}`))),
  );
  expect(left.join('').match(/canary-\w+/g)).toBeNull();
  const forgotten: Json = (await boss.get(`leads/${lead.id}`)).body;
  expect(forgotten).toMatchObject({ status: 'converted', owner_userid: userid, phones: [], external_userid });
  expect(await boss.ids('leads?q=0009')).toEqual([]);
  expect((await boss.get(`customers/${done.converted_customer_id}`)).body.name).toBe('留下的公司');
});
