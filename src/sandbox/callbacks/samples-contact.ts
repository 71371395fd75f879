import {
  directoryEvent,
  type ExternalContactChange,
  externalContactEvent,
  groupChatEvent,
  groupMembersEvent,
  groupUpdateEvent,
  tagEvent,
} from './events';
import { family, type Sample, type Samples, system } from './sample';
import type { XmlNode } from './xml';

const contact = (change: ExternalContactChange, more: object = {}): Sample =>
  system(({ userid, external_userid }) => externalContactEvent(change, { userid, external_userid, ...more }));

const welcome = { state: 'expo2026_a', welcome_code: 'SAMPLE_WELCOME_CODE' };

/** 客户 (wecom-events §2). */
const externalContact = family('change_external_contact', {
  add_external_contact: contact('add_external_contact', welcome),
  edit_external_contact: contact('edit_external_contact'),
  add_half_external_contact: contact('add_half_external_contact', welcome),
  del_external_contact: contact('del_external_contact'),
  'del_external_contact#transfer': contact('del_external_contact', { source: 'DELETE_BY_TRANSFER' }),
  del_follow_user: contact('del_follow_user'),
  transfer_fail: contact('transfer_fail', { fail_reason: 'customer_refused' }),
  'transfer_fail#limit': contact('transfer_fail', { fail_reason: 'customer_limit_exceed' }),
  msg_audit_approved: contact('msg_audit_approved', { welcome_code: 'SAMPLE_WELCOME_CODE' }),
});

const versions = {
  lastVersion: '0123456789abcdef0123456789abcdef',
  currentVersion: 'fedcba9876543210fedcba9876543210',
};
const update = (detail: 'change_owner' | 'change_name' | 'change_notice'): Sample =>
  system(({ chat_id }) => groupUpdateEvent(chat_id, detail));

/** 客户群 (§3): both shapes of the member list, and one without it, as older companies send. */
const externalChat = family('change_external_chat', {
  create: system(({ chat_id }) => groupChatEvent(chat_id, 'create')),
  dismiss: system(({ chat_id }) => groupChatEvent(chat_id, 'dismiss')),
  'update#add_member': system(({ chat_id, external_userid, userid }) =>
    groupMembersEvent(chat_id, 'add_member', { members: [external_userid, userid], joinScene: 3, ...versions }),
  ),
  'update#del_member': system(({ chat_id, external_userid }) =>
    groupMembersEvent(chat_id, 'del_member', { members: [external_userid], quitScene: 1, ...versions }),
  ),
  'update#joined_list': system(({ chat_id, external_userid, userid }) => [
    ...groupChatEvent(chat_id, 'update'),
    ['UpdateDetail', 'add_member'],
    ['JoinScene', 0],
    ['MemChangeCnt', 2],
    ['MemChangeList', `${external_userid},${userid}`],
  ]),
  'update#bare': system(({ chat_id }) => [...groupChatEvent(chat_id, 'update'), ['UpdateDetail', 'del_member']]),
  'update#change_owner': update('change_owner'),
  'update#change_name': update('change_name'),
  'update#change_notice': update('change_notice'),
});

const tag = (type: 'tag' | 'tag_group', change: 'create' | 'update' | 'delete'): Sample =>
  system(({ tag_id }) => tagEvent(tag_id, type, change));
const shuffle = (id: string): Sample =>
  system(() => [
    ['Event', 'change_external_tag'],
    ['Id', id],
    ['StrategyId', '7'],
    ['ChangeType', 'shuffle'],
  ]);

/** 企业客户标签 (§4). */
const externalTag = family('change_external_tag', {
  create: tag('tag', 'create'),
  update: tag('tag', 'update'),
  delete: tag('tag', 'delete'),
  'create#group': tag('tag_group', 'create'),
  'update#group': tag('tag_group', 'update'),
  'delete#group': tag('tag_group', 'delete'),
  shuffle: shuffle('etSample0000000000000000000000C9'),
  'shuffle#all': shuffle(''),
});

const acquisition = (change: string, nodes: (link: string) => XmlNode[] = () => []): Sample =>
  system(({ link_id }) => [['Event', 'customer_acquisition'], ['ChangeType', change], ...nodes(link_id)]);
const pairNodes: XmlNode[] = [
  ['UserID', 'wangfang'],
  ['ExternalUserID', 'wmSample0000000000000000000000A7'],
];

/** 获客助手 (§5). */
const customerAcquisition = family('customer_acquisition', {
  balance_low: acquisition('balance_low'),
  balance_exhausted: acquisition('balance_exhausted'),
  balance_increased: acquisition('balance_increased'),
  link_unavailable: acquisition('link_unavailable', (link) => [['LinkId', link]]),
  delete_link: acquisition('delete_link', (link) => [['LinkId', link]]),
  quota_expire_soon: acquisition('quota_expire_soon', () => [
    ['ExpireTime', 1_767_830_400],
    ['ExpireQuotaNum', 80],
  ]),
  open_profile: acquisition('open_profile', (link) => [
    ['LinkId', link],
    ['State', 'ad_7'],
  ]),
  friend_request: acquisition('friend_request', (link) => [
    ['LinkId', link],
    ['State', 'ad_7'],
  ]),
  customer_start_chat: acquisition('customer_start_chat', (link) => [...pairNodes, ['LinkId', link]]),
  message_from_customer: acquisition('message_from_customer', (link) => [
    ['LinkId', link],
    ['ChatKey', 'SAMPLE_CHAT_KEY'],
  ]),
  del_follow_user: acquisition('del_follow_user', (link) => [['LinkId', link], ['State', 'ad_7'], ...pairNodes]),
});

const directory = (change: string, nodes: (userid: string) => XmlNode[]): Sample =>
  system(({ userid }) => directoryEvent(change, nodes(userid)));

/** 通讯录 (§6): the lean form of callback addresses configured since 2022-08-15, and a full one. */
const changeContact = family('change_contact', {
  create_user: directory('create_user', (userid) => [
    ['UserID', userid],
    ['Department', '2,21'],
  ]),
  'create_user#full': directory('create_user', (userid) => [
    ['UserID', userid],
    ['Department', '2,21'],
    ['Name', '王芳'],
    ['MainDepartment', 2],
    ['IsLeaderInDept', '1,0'],
    ['DirectLeader', 'liqiang'],
    ['Position', '销售顾问'],
    ['Gender', 2],
    ['Status', 1],
    [
      'ExtAttr',
      [
        [
          'Item',
          [
            ['Name', '工号'],
            ['Type', 0],
            ['Text', [['Value', '0042']]],
          ],
        ],
      ],
    ],
  ]),
  update_user: directory('update_user', (userid) => [
    ['UserID', userid],
    ['Department', '21'],
  ]),
  'update_user#renamed': directory('update_user', (userid) => [
    ['UserID', userid],
    ['NewUserID', `${userid}.new`],
    ['Department', '21'],
  ]),
  delete_user: directory('delete_user', (userid) => [['UserID', userid]]),
  create_party: directory('create_party', () => [
    ['Id', 41],
    ['Name', '西南部'],
    ['ParentId', '2'],
    ['Order', 100],
  ]),
  update_party: directory('update_party', () => [
    ['Id', 41],
    ['ParentId', '3'],
  ]),
  delete_party: directory('delete_party', () => [['Id', 41]]),
  update_tag: system(({ userid }) => [
    ['Event', 'change_contact'],
    ['ChangeType', 'update_tag'],
    ['TagId', 5],
    ['AddUserItems', userid],
    ['DelUserItems', 'zhaolei,sunmin'],
    ['AddPartyItems', '21'],
    ['DelPartyItems', '3'],
  ]),
});

export const contactSamples: Samples = {
  ...externalContact,
  ...externalChat,
  ...externalTag,
  ...customerAcquisition,
  ...changeContact,
};
