import type { Sandbox } from '../../../../src/sandbox';
import { differencesFromTruth, type Mirrored, mirrored } from '../../../support/compare';
import { type Json, useSystem } from '../../../support/system';

const system = useSystem({ staff: 10, externalContacts: 80, groupChats: 4, leavers: 1, seed: 21 });
beforeAll(() => system.at.syncAll());

const listed = ({ sandbox }: { sandbox: Sandbox }, nth = 0) => {
  const rows = sandbox.truth().relations.filter((row) => row.listed && !row.external_deleted);
  const { userid = '', external_userid = '' } = rows[nth] ?? {};
  return { userid, external_userid };
};
const silent = true;

interface Change {
  entity: Mirrored;
  what: string;
  /** @returns what a difference must be about */
  make(sandbox: Sandbox): string;
  kind: string;
}

const pairKey = ({ userid, external_userid }: { userid: string; external_userid: string }) =>
  `${userid} ${external_userid}`;

/** One or more for every mirrored entity. */
const changes: Change[] = [
  {
    entity: 'relations',
    what: 'a new relation',
    kind: 'relation_appeared',
    make: (sandbox) => pairKey(sandbox.control.addRelation({ silent })),
  },
  {
    entity: 'relations',
    what: 'an edited remark',
    kind: 'relation_changed',
    make: (sandbox) => pairKey(sandbox.control.editRelation({ ...listed({ sandbox }), remark: '悄悄改的', silent })),
  },
  {
    entity: 'relations',
    what: 'a tag',
    kind: 'relation_changed',
    make: (sandbox) =>
      pairKey(sandbox.control.editRelation({ ...listed({ sandbox }, 5), add_tags: [untagged(sandbox, 5)], silent })),
  },
  {
    entity: 'relations',
    what: 'a relation that staff ended',
    kind: 'relation_missing',
    make: (sandbox) => pairKey(sandbox.control.deleteByStaff({ ...listed({ sandbox }, 9), silent })),
  },
  {
    entity: 'group_chats',
    what: 'a new group',
    kind: 'group_chat_appeared',
    make: (sandbox) => sandbox.control.createGroup({ name: '新群', silent }).chat_id,
  },
  {
    entity: 'group_chats',
    what: 'a new name',
    kind: 'group_chat_changed',
    make: (sandbox) => sandbox.control.renameGroup({ name: '改了名的群', silent }).chat_id,
  },
  {
    entity: 'group_chats',
    what: 'a new member',
    kind: 'group_chat_members_changed',
    make: (sandbox) => {
      const { external_userid } = sandbox.control.addRelation({ silent });
      return sandbox.control.joinGroup({ members: [external_userid], silent }).chat_id;
    },
  },
  {
    entity: 'group_chats',
    what: 'a dissolved group',
    kind: 'group_chat_missing',
    make: (sandbox) => sandbox.control.dismissGroup({ silent }).chat_id,
  },
  {
    entity: 'corp_tags',
    what: 'a new tag',
    kind: 'corp_tag_appeared',
    make: (sandbox) => sandbox.control.createTag({ name: '悄悄的标签', silent }).tag_id,
  },
  {
    entity: 'corp_tags',
    what: 'a new name of a tag',
    kind: 'corp_tag_changed',
    make: (sandbox) =>
      sandbox.control.renameTag({ tag_id: sandbox.world.tagIds()[3] ?? '', name: '另一个名字', silent }).tag_id,
  },
  {
    entity: 'corp_tags',
    what: 'a deleted tag that relations carry',
    kind: 'corp_tag_deleted',
    make: (sandbox) =>
      sandbox.control.deleteTag({
        tag_id: sandbox.truth().relations.find((r) => r.tag_ids.length)?.tag_ids[0] ?? '',
        silent,
      }).tag_id,
  },
  {
    entity: 'staff',
    what: 'a new member',
    kind: 'staff_appeared',
    make: (sandbox) => sandbox.control.hireStaff({ silent }).userid,
  },
  {
    entity: 'staff',
    what: 'another department',
    kind: 'staff_changed',
    make: (sandbox) => {
      const member = [...sandbox.world.staff.values()].find((one) => !one.department.includes(3));
      return sandbox.control.moveStaff({ userid: member?.userid ?? '', department: [3], silent }).userid;
    },
  },
  {
    entity: 'departments',
    what: 'a new department',
    kind: 'department_appeared',
    make: (sandbox) => String(sandbox.control.createDepartment({ name: '新部门', parentid: 1, silent }).id),
  },
  {
    entity: 'departments',
    what: 'a deleted department',
    kind: 'department_deleted',
    make: (sandbox) => {
      const newest = Math.max(...sandbox.world.departments.keys());
      return String(sandbox.control.deleteDepartment({ id: newest, silent }).id);
    },
  },
  {
    entity: 'departed',
    what: 'a departure',
    kind: 'staff_departed',
    make: (sandbox) => sandbox.control.staffLeaves({ userid: listed({ sandbox }, 20).userid, silent }).userid,
  },
  {
    entity: 'unassigned',
    what: 'customers of a leaver who were given to somebody',
    kind: 'relation_assigned',
    make: (sandbox) => assignOne(sandbox),
  },
];

function untagged(sandbox: Sandbox, nth: number): string {
  const { userid, external_userid } = listed({ sandbox }, nth);
  const tags = sandbox.world.findRelation(userid, external_userid)?.tags ?? [];
  return sandbox.world.tagIds().find((id) => !tags.includes(id)) ?? '';
}

function assignOne({ world, control }: Sandbox): string {
  const [row] = [...world.unassigned()];
  const taken = row ? [...row.contact.followers].map((relation) => relation.staff) : [];
  const heir = world.followers().find((staff) => !taken.includes(staff));
  const external_userid = row?.contact.external_userid ?? '';
  const handover_userid = row?.handover.userid ?? '';
  control.transferCustomers({
    handover_userid,
    takeover_userid: heir?.userid ?? '',
    external_userids: [external_userid],
  });
  return `${handover_userid} ${external_userid}`;
}

test('I6 every mirrored entity has a change that reconciliation must find', () => {
  expect(new Set(changes.map(({ entity }) => entity))).toEqual(new Set(mirrored));
  // The archive is no mirror: it is fetched by its cursor, and compared in test/system/archive.test.ts. Nor are the
  // transfers: no list shows them, only whoever asked for them learns what came of them.
  const transfers = ['transfers', 'transfers_accepted', 'group_transfers'];
  const named = new Set<string>([...mirrored, 'archive', ...transfers]);
  expect(Object.keys(system.at.sandbox.truth()).filter((key) => !named.has(key))).toEqual([]);
});

test.each(changes.map((change) => [change.entity, change.what, change] as const))(
  'I6 %s: %s that nobody told is found, repaired and reported as silent',
  async (_entity, _what, { kind, make }) => {
    const { at } = system;
    const subject = make(at.sandbox);
    const { differences } = await at.reconcile();
    expect(await differencesFromTruth(at, at.sandbox)).toEqual([]);
    const found = differences.filter((d: Json) => d.kind === kind && d.subject === subject);
    const state = kind === 'relation_missing' ? 'confirmed' : 'applied';
    const explanation = kind === 'relation_assigned' ? 'assigned' : 'no_event';
    expect(found).toEqual([expect.objectContaining({ state, explanation })]);
  },
);

test('I6 a reconciliation that follows finds nothing more', async () => {
  expect((await system.at.reconcile()).differences).toEqual([]);
});
