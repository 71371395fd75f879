import type { MigrationInterface, QueryRunner } from 'typeorm';
import { c, createTable, guardInsertOnly, index, unique } from '../migration-dsl';

/** Directory, external contacts, relations, tags, group chats, differences. */
export class Relations1763769600400 implements MigrationInterface {
  name = 'Relations1763769600400';

  async up(runner: QueryRunner): Promise<void> {
    await directory(runner);
    await contacts(runner);
    await groupChats(runner);
    await createTable(
      runner,
      'difference',
      {
        id: c.counter(),
        run_id: c.id(36),
        kind: c.text(32),
        subject: c.id(160),
        userid: c.nullable(c.id()),
        external_userid: c.nullable(c.id()),
        chat_id: c.nullable(c.id()),
        state: c.text(16),
        explanation: c.nullable(c.text(32)),
        detail: c.nullable(c.longText()),
        found_at: c.instant(),
        settled_at: c.nullable(c.instant()),
      },
      [
        index('IDX_difference_run', 'run_id', 'id'),
        index('IDX_difference_state', 'state', 'id'),
        index('IDX_difference_subject', 'subject'),
      ],
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of tables) await runner.dropTable(table, true);
  }
}

const tables = [
  'difference',
  'group_chat_history',
  'group_chat_member',
  'group_chat',
  'corp_tag',
  'corp_tag_group',
  'relation_history',
  'relation_tag',
  'relation',
  'external_contact',
  'staff_former_userid',
  'staff_department',
  'staff',
  'department',
];

async function directory(runner: QueryRunner): Promise<void> {
  await createTable(runner, 'department', {
    id: c.primary(c.bigint()),
    name: c.nullable(c.text(255)),
    name_en: c.nullable(c.text(255)),
    parent_id: c.nullable(c.bigint()),
    sort: c.bigint(),
    leaders: c.longText(),
    deleted_at: c.nullable(c.instant()),
    updated_at: c.instant(),
  });
  await createTable(
    runner,
    'staff',
    {
      id: c.primary(c.id(36)),
      userid: c.id(),
      userid_key: c.id(),
      name: c.nullable(c.text(255)),
      alias: c.nullable(c.text(255)),
      position: c.nullable(c.text(255)),
      avatar: c.nullable(c.text(1024)),
      status: c.text(16),
      main_department_id: c.nullable(c.bigint()),
      direct_leaders: c.longText(),
      follows_external: c.nullable(c.boolean()),
      extra: c.nullable(c.longText()),
      departed_at: c.nullable(c.instant()),
      created_at: c.instant(),
      updated_at: c.instant(),
    },
    [unique('UQ_staff_userid_key', 'userid_key'), index('IDX_staff_departed', 'departed_at', 'id')],
  );
  await createTable(
    runner,
    'staff_department',
    { staff_id: c.primary(c.id(36)), department_id: c.primary(c.bigint()), is_leader: c.boolean() },
    [index('IDX_staff_department_department', 'department_id')],
  );
  await createTable(runner, 'staff_former_userid', {
    userid_key: c.primary(c.id()),
    staff_id: c.id(36),
    changed_at: c.instant(),
  });
}

async function contacts(runner: QueryRunner): Promise<void> {
  await createTable(
    runner,
    'external_contact',
    {
      external_userid: c.primary(c.id()),
      id: c.id(36),
      name: c.text(255),
      avatar: c.nullable(c.text(1024)),
      type: c.integer(),
      gender: c.integer(),
      unionid: c.nullable(c.id()),
      position: c.nullable(c.text(255)),
      corp_name: c.nullable(c.text(255)),
      corp_full_name: c.nullable(c.text(255)),
      extra: c.nullable(c.longText()),
      created_at: c.instant(),
      updated_at: c.instant(),
    },
    [unique('UQ_external_contact_id', 'id')],
  );
  await createTable(
    runner,
    'relation',
    {
      id: c.primary(c.id(36)),
      staff_id: c.id(36),
      external_userid: c.id(),
      state: c.text(20),
      spell: c.integer(),
      started_at: c.instant(),
      ended_at: c.nullable(c.instant()),
      absent_since: c.nullable(c.instant()),
      remark: c.text(255),
      description: c.text(1024),
      remark_corp_name: c.text(255),
      remark_mobiles: c.text(1024),
      add_way: c.integer(),
      oper_userid: c.nullable(c.id()),
      channel: c.nullable(c.text(255)),
      updated_at: c.instant(),
    },
    [
      unique('UQ_relation_pair', 'external_userid', 'staff_id'),
      index('IDX_relation_staff', 'staff_id', 'state', 'id'),
      index('IDX_relation_state', 'state', 'id'),
    ],
  );
  await createTable(
    runner,
    'relation_tag',
    {
      relation_id: c.primary(c.id(36)),
      tag_key: c.primary(c.id(128)),
      type: c.integer(),
      name: c.nullable(c.text(255)),
      group_name: c.nullable(c.text(255)),
    },
    [index('IDX_relation_tag_key', 'tag_key')],
  );
  await history(runner, 'relation_history', 'relation_id', 36);
  await createTable(runner, 'corp_tag_group', {
    group_id: c.primary(c.id()),
    name: c.text(255),
    sort: c.bigint(),
    created_at: c.instant(),
    deleted_at: c.nullable(c.instant()),
  });
  await createTable(
    runner,
    'corp_tag',
    {
      tag_id: c.primary(c.id()),
      group_id: c.id(),
      name: c.text(255),
      sort: c.bigint(),
      created_at: c.instant(),
      deleted_at: c.nullable(c.instant()),
    },
    [index('IDX_corp_tag_group', 'group_id')],
  );
}

async function groupChats(runner: QueryRunner): Promise<void> {
  await createTable(
    runner,
    'group_chat',
    {
      chat_id: c.primary(c.id()),
      id: c.id(36),
      name: c.text(255),
      owner: c.id(),
      notice: c.longText(),
      admins: c.longText(),
      state: c.text(16),
      status: c.integer(),
      member_version: c.nullable(c.id()),
      member_count: c.integer(),
      external_count: c.integer(),
      created_at: c.instant(),
      dismissed_at: c.nullable(c.instant()),
      absent_since: c.nullable(c.instant()),
      updated_at: c.instant(),
    },
    [
      unique('UQ_group_chat_id', 'id'),
      index('IDX_group_chat_owner', 'owner', 'id'),
      index('IDX_group_chat_state', 'state', 'id'),
    ],
  );
  await createTable(
    runner,
    'group_chat_member',
    {
      chat_id: c.primary(c.id()),
      userid: c.primary(c.id()),
      type: c.integer(),
      name: c.text(255),
      nickname: c.text(255),
      unionid: c.nullable(c.id()),
      joined_at: c.nullable(c.instant()),
      join_scene: c.integer(),
      invitor: c.nullable(c.id()),
      channel: c.nullable(c.text(255)),
    },
    [index('IDX_group_chat_member_userid', 'userid')],
  );
  await history(runner, 'group_chat_history', 'chat_id', 64);
}

async function history(runner: QueryRunner, table: string, subject: string, length: number): Promise<void> {
  const columns = {
    id: c.counter(),
    [subject]: c.id(length),
    kind: c.text(32),
    source: c.text(16),
    occurred_at: c.instant(),
    recorded_at: c.instant(),
    ref: c.nullable(c.id()),
    detail: c.nullable(c.longText()),
  };
  const short = subject.replace('_id', '');
  await createTable(runner, table, columns, [index(`IDX_${table}_${short}`, subject, 'id')]);
  await guardInsertOnly(runner, table);
}
