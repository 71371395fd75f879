import { bespoke, type Samples, system } from './sample';
import { bare, type XmlNode } from './xml';

/** 会话内容存档 (§7) and 微信客服 (§8). */
const archiveAndService: Samples = {
  msgaudit_notify: system(() => [
    ['AgentID', 2000004],
    ['Event', 'msgaudit_notify'],
  ]),
  // The one event without a sender.
  kf_msg_or_event: bespoke(({ corpId, createTime }) => [
    ['ToUserName', corpId],
    ['CreateTime', createTime],
    ['MsgType', 'event'],
    ['Event', 'kf_msg_or_event'],
    ['Token', 'SAMPLE_KF_TOKEN'],
    ['OpenKfId', 'wkSample000000000001'],
  ]),
  // Siblings of one name: a parser that makes a map of them loses one.
  kf_account_auth_change: system(() => [
    ['Event', 'kf_account_auth_change'],
    ['AuthAddOpenKfId', 'wkSample000000000002'],
    ['AuthAddOpenKfId', 'wkSample000000000003'],
    ['AuthDelOpenKfId', 'wkSample000000000001'],
  ]),
};

const flow: XmlNode[] = [
  ['SpStatus', 2],
  ['ApproverAttr', 1],
  [
    'Details',
    [
      ['Approver', [['UserId', 'liqiang']]],
      ['Speech', '同意'],
      ['SpStatus', 2],
      ['SpTime', 1_767_225_500],
    ],
  ],
];

/** 审批 (§9), misspellings included: they are WeCom's. */
const approval: Samples = {
  sys_approval_change: system(({ userid }) => [
    ['Event', 'sys_approval_change'],
    ['AgentID', 3010040],
    [
      'ApprovalInfo',
      [
        ['SpNoStr', '202601010007'],
        ['SpNo', bare('202601010007')],
        ['SpName', '退款申请'],
        ['SpStatus', 2],
        ['TemplateId', 'SAMPLE_TEMPLATE'],
        ['ApplyTime', 1_767_225_000],
        [
          'Applyer',
          [
            ['UserId', userid],
            ['Party', '21'],
          ],
        ],
        ['SpRecord', flow],
        ['Notifyer', [['UserId', 'zhaolei']]],
        [
          'Comments',
          [
            ['CommentUserInfo', [['UserId', 'liqiang']]],
            ['CommentTime', 1_767_225_400],
            ['CommentContent', '请补发票'],
            ['CommentId', '1'],
          ],
        ],
        ['StatuChangeEvent', 2],
      ],
    ],
  ]),
  open_approval_change: system(({ userid, agentId }) => [
    ['Event', bare('open_approval_change')],
    ['AgentID', agentId],
    [
      'ApprovalInfo',
      [
        ['ThirdNo', bare('crm-refund-77')],
        ['OpenSpName', bare('退款')],
        ['OpenTemplateId', bare('SAMPLE_OPEN_TEMPLATE')],
        ['OpenSpStatus', 1],
        ['ApplyTime', 1_767_225_000],
        ['ApplyUserName', bare('王芳')],
        ['ApplyUserId', bare(userid)],
        [
          'ApprovalNodes',
          [
            [
              'ApprovalNode',
              [
                ['NodeStatus', 1],
                ['NodeAttr', 1],
                ['NodeType', 1],
                [
                  'Items',
                  [
                    [
                      'Item',
                      [
                        ['ItemName', bare('李强')],
                        ['ItemUserid', bare('liqiang')],
                        ['ItemStatus', 1],
                        ['ItemSpeech', bare('')],
                        ['ItemOpTime', 0],
                      ],
                    ],
                  ],
                ],
              ],
            ],
          ],
        ],
        ['NotifyNodes', []],
        ['ApproverStep', 0],
      ],
    ],
  ]),
};

export const archiveSamples: Samples = { ...archiveAndService, ...approval };
