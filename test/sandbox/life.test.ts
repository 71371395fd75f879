import { hours } from '../../src/core/clock';
import { createSandbox } from '../../src/sandbox';
import { type Client, clientOf, smallCompany, walk } from './support';

function liveFor(steps: number, seed: number) {
  const sandbox = smallCompany({ seed, transferFailureRate: 0.2 });
  for (let n = 0; n < steps; n += 1) {
    sandbox.life.step();
    if (n % 40 === 39) sandbox.clock.advance(hours(7));
  }
  return sandbox;
}

const storyOf = (sandbox: ReturnType<typeof smallCompany>) =>
  sandbox.ledger.facts.map(({ kind, userid, external_userid, chat_id }) => ({
    kind,
    userid,
    external_userid,
    chat_id,
  }));

test('the same seed gives the same company and the same life; another seed another one', () => {
  const [one, two, other] = [liveFor(300, 5), liveFor(300, 5), liveFor(300, 6)];
  expect(one.truth()).toEqual(two.truth());
  expect(storyOf(one)).toEqual(storyOf(two));
  expect(storyOf(one)).not.toEqual(storyOf(other));
});

test('people talk by themselves: the same seed says the same, and nobody does where nothing was ever said', () => {
  const talkOf = (seed: number, messages: number) => {
    const sandbox = smallCompany({ seed, messages });
    const steps = Array.from({ length: 200 }, () => sandbox.life.step());
    return { steps, said: sandbox.ledger.said };
  };
  const [one, two, silent] = [talkOf(5, 20), talkOf(5, 20), talkOf(5, 0)];
  expect(one).toEqual(two);
  expect(one.steps).toEqual(expect.arrayContaining(['chat', 'group chat', 'internal group chat']));
  expect(one.said.length).toBeGreaterThan(120);
  expect(silent.said).toEqual([]);
});

test('a large company is what was asked for, with ids like WeCom’s', () => {
  const { world } = createSandbox({ staff: 200, externalContacts: 20_000, groupChats: 40, leavers: 3 });
  expect([world.staff.size, world.departed.size, world.groupChats.size]).toEqual([200, 3, 40]);
  expect(world.contacts.size).toBeGreaterThanOrEqual(20_000);
  expect([...world.contacts.keys()].filter((id) => !/^w[mo][\w-]{30}$/.test(id))).toEqual([]);
  expect([...world.unassigned()].length).toBeGreaterThan(0);
});

test('life touches everything, and afterwards the lists say what is true', async () => {
  const sandbox = liveFor(1500, 11);
  const kinds = new Set(sandbox.ledger.facts.map(({ kind }) => kind));
  for (const kind of [
    'staff_left',
    'relation_taken_over',
    'group_dismissed',
    'relation_deleted_by_external',
  ] as const) {
    expect(kinds).toContain(kind);
  }
  await sandbox.start();
  try {
    await expectListsToSay(clientOf(sandbox), sandbox);
  } finally {
    await sandbox.stop();
  }
});

async function expectListsToSay(client: Client, sandbox: ReturnType<typeof smallCompany>): Promise<void> {
  const truth = sandbox.truth();
  const { follow_user } = await client.get('externalcontact/get_follow_user_list');
  const rows = await walk(client, 'externalcontact/batch/get_by_user', {
    body: { userid_list: follow_user, limit: 100 },
    rows: 'external_contact_list',
  });
  const told = rows.map(({ external_contact, follow_info }) => ({
    userid: follow_info.userid,
    external_userid: external_contact.external_userid,
    remark: follow_info.remark,
    tag_ids: [...follow_info.tag_id].sort(),
  }));
  const listed = truth.relations
    .filter((relation) => relation.listed)
    .map(({ userid, external_userid, remark, tag_ids }) => ({ userid, external_userid, remark, tag_ids }));
  const byPair = (a: { userid: string; external_userid: string }, b: typeof a) =>
    `${a.userid}|${a.external_userid}` < `${b.userid}|${b.external_userid}` ? -1 : 1;
  expect(told.sort(byPair)).toEqual(listed.sort(byPair));

  const groups = await client.post('externalcontact/get_corp_tag_list', {});
  const known = new Set(groups.tag_group.flatMap((group: { tag: { id: string }[] }) => group.tag.map(({ id }) => id)));
  expect(told.flatMap(({ tag_ids }) => tag_ids).filter((id) => !known.has(id))).toEqual([]);

  const ids = await client.post('user/list_id', {}, 'contacts');
  const serving = new Set(ids.dept_user.map(({ userid }: { userid: string }) => userid));
  expect([...serving].sort()).toEqual(truth.staff.map(({ userid }) => userid).sort());

  const unassigned = await walk(client, 'externalcontact/get_unassigned_list', {
    body: { page_size: 9 },
    rows: 'info',
  });
  expect(unassigned.map((row) => row.external_userid).sort()).toEqual(
    truth.unassigned.map((row) => row.external_userid).sort(),
  );

  for (const chat of truth.group_chats) {
    const { group_chat } = await client.post('externalcontact/groupchat/get', { chat_id: chat.chat_id, need_name: 1 });
    expect(group_chat.member_list.map(({ userid }: { userid: string }) => userid).sort()).toEqual(chat.members);
    expect(chat.members).toContain(chat.owner);
    expect(group_chat.member_version).toBe(chat.member_version);
  }
}

test('a userid change is followed everywhere', () => {
  const sandbox = smallCompany();
  const { chat_id } = sandbox.control.createGroup();
  const owner = sandbox.truth().group_chats.find((chat) => chat.chat_id === chat_id)?.owner ?? '';
  const customers = sandbox.truth().relations.filter(({ userid }) => userid === owner).length;
  sandbox.control.renameStaff({ userid: owner, new_userid: 'brand.new' });
  const after = sandbox.truth();
  expect(JSON.stringify([after.staff, after.relations, after.group_chats])).not.toContain(`"${owner}"`);
  expect(after.relations.filter(({ userid }) => userid === 'brand.new')).toHaveLength(customers);
  expect(after.group_chats.find((chat) => chat.chat_id === chat_id)?.owner).toBe('brand.new');
});

test('deleting a tag group takes its tags off every relation', () => {
  const sandbox = smallCompany();
  const [group] = sandbox.truth().corp_tags;
  const gone = new Set(group?.tags.map(({ id }) => id));
  const carrying = () => sandbox.truth().relations.filter(({ tag_ids }) => tag_ids.some((id) => gone.has(id))).length;
  expect(carrying()).toBeGreaterThan(0);
  sandbox.control.deleteTagGroup({ group_id: group?.group_id ?? '' });
  expect(carrying()).toBe(0);
});

test('a leaver’s customers become unassigned, save those already lost or never won; groups wait for an heir', () => {
  const sandbox = smallCompany();
  const { chat_id } = sandbox.control.createGroup();
  const userid = sandbox.truth().group_chats.find((chat) => chat.chat_id === chat_id)?.owner ?? '';
  const lost = sandbox.control.deleteByExternal({ userid });
  const half = sandbox.control.addRelation({ userid, half: true });
  const customers = sandbox
    .truth()
    .relations.filter((row) => row.userid === userid && !row.half && !row.external_deleted)
    .map(({ external_userid }) => external_userid);
  sandbox.control.staffLeaves({ userid });
  const truth = sandbox.truth();
  const unassigned = truth.unassigned.filter((row) => row.handover_userid === userid).map((row) => row.external_userid);
  expect(unassigned).toEqual(customers);
  expect(unassigned).not.toEqual(expect.arrayContaining([lost.external_userid]));
  expect(unassigned).not.toEqual(expect.arrayContaining([half.external_userid]));
  expect(truth.group_chats.find((chat) => chat.chat_id === chat_id)).toMatchObject({ owner: userid, status: 1 });
  expect(truth.relations.filter((row) => row.userid === userid)).toEqual([]);
});
