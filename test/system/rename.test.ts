import { eventSamples } from '../../src/sandbox';
import { differencesFromTruth } from '../support/compare';
import { useSystem } from '../support/system';

const system = useSystem({ staff: 8, externalContacts: 80, groupChats: 6, leavers: 0, seed: 19 });
beforeAll(() => system.at.syncAll());

const busiest = () => {
  const [staff] = system.at.sandbox.world.followers().sort((a, b) => b.relations.size - a.relations.size);
  if (!staff) throw new Error('nobody works with customers');
  return staff;
};

test('a changed userid is followed everywhere: relations, groups and the directory, with the history kept', async () => {
  const { at } = system;
  const old = busiest().userid;
  const before = await at.api.all(`relations?userid=${old}`);
  expect(before.length).toBeGreaterThan(0);
  at.sandbox.control.renameStaff({ userid: old, new_userid: 'new.name' });
  await at.settled();
  expect(await differencesFromTruth(at, at.sandbox)).toEqual([]);
  const after = await at.api.all('relations?userid=new.name');
  expect(after.map(({ id, spell, started_at }) => ({ id, spell, started_at }))).toEqual(
    before.map(({ id, spell, started_at }) => ({ id, spell, started_at })),
  );
});

test('an event on its way that still names the old userid reaches the same member', async () => {
  const { at } = system;
  const { userid } = busiest();
  const { external_userid } = at.sandbox.control.addRelation({ userid, silent: true });
  at.sandbox.control.renameStaff({ userid, new_userid: 'newer.name' });
  await at.settled();
  const createTime = Math.floor(Date.now() / 1000);
  const late = eventSamples['change_external_contact/add_external_contact']?.({ userid, external_userid, createTime });
  await at.sandbox.callbacks.sendRaw('agent', late ?? '');
  await at.settled();
  expect(await differencesFromTruth(at, at.sandbox)).toEqual([]);
  const [row] = await at.api.all(`relations?external_userid=${external_userid}&userid=newer.name`);
  expect(row).toMatchObject({ state: 'active', spell: 1 });
});

test('relations that were told under the new userid before the change was are joined with the old ones', async () => {
  const { at } = system;
  const { userid } = busiest();
  at.sandbox.deliverTo(undefined);
  at.sandbox.control.renameStaff({ userid, new_userid: 'newest.name' });
  at.sandbox.deliverTo(at.system.url);
  const { external_userid } = at.sandbox.control.addRelation({ userid: 'newest.name' });
  const [known] = [...busiest().relations.keys()];
  at.sandbox.control.editRelation({ userid: 'newest.name', external_userid: known, remark: '改名后' });
  await at.settled();
  const createTime = Math.floor(Date.now() / 1000);
  const sample = eventSamples['change_contact/update_user']?.({ userid, createTime }) ?? '';
  const told = sample.replace('<Department>', '<NewUserID><![CDATA[newest.name]]></NewUserID><Department>');
  await at.sandbox.callbacks.sendRaw('contacts', told);
  await at.settled();
  expect(await differencesFromTruth(at, at.sandbox)).toEqual([]);
  const pairs = await at.api.all('relations?userid=newest.name');
  expect(pairs.map((row) => row.external_userid)).toContain(external_userid);
  expect(pairs.filter((row) => row.external_userid === known)).toEqual([
    expect.objectContaining({ state: 'active', spell: 1 }),
  ]);
});
