import { byMember, message, type Sample, type Samples, system } from './sample';
import { bare, type XmlNode } from './xml';

const keyed = (event: string, key: string, more: XmlNode[] = []): Sample =>
  byMember(event, () => [['EventKey', key], ...more]);
const scan: XmlNode[] = [
  [
    'ScanCodeInfo',
    [
      ['ScanType', 'qrcode'],
      ['ScanResult', 'order:778'],
    ],
  ],
];
const pictures: XmlNode[] = [
  [
    'SendPicsInfo',
    [
      ['Count', 1],
      ['PicList', [['item', [['PicMd5Sum', '0123456789abcdef0123456789abcdef']]]]],
    ],
  ],
];
const place: XmlNode[] = [
  [
    'SendLocationInfo',
    [
      ['Location_X', '31.230'],
      ['Location_Y', '121.474'],
      ['Scale', '16'],
      ['Label', '上海市黄浦区'],
      ['Poiname', ''],
    ],
  ],
  ['AppType', 'wxwork'],
];
const card = (type: string): XmlNode[] => [
  ['TaskId', 'alert-5521'],
  ['CardType', type],
  ['ResponseCode', 'SAMPLE_RESPONSE_CODE'],
];
/** Published samples spell the node both ways. */
const selected = (list: string, item: string): XmlNode[] => [
  [
    'SelectedItems',
    [
      [
        'SelectedItem',
        [
          ['QuestionKey', 'q1'],
          [
            list,
            [
              [item, 'o2'],
              [item, 'o3'],
            ],
          ],
        ],
      ],
    ],
  ],
];

/** 应用 (§10). */
const app: Samples = {
  subscribe: byMember('subscribe'),
  unsubscribe: byMember('unsubscribe'),
  enter_agent: keyed('enter_agent', ''),
  LOCATION: byMember('LOCATION', () => [
    ['Latitude', bare('31.200')],
    ['Longitude', bare('121.400')],
    ['Precision', bare('30.000')],
    ['AppType', 'wxwork'],
  ]),
  click: keyed('click', 'MENU_TODAY'),
  view: keyed('view', 'https://crm.example.invalid/today'),
  view_miniprogram: keyed('view_miniprogram', 'pages/today.html'),
  scancode_push: keyed('scancode_push', 'MENU_SCAN', scan),
  scancode_waitmsg: keyed('scancode_waitmsg', 'MENU_SCAN', scan),
  pic_sysphoto: keyed('pic_sysphoto', 'MENU_PIC', pictures),
  pic_photo_or_album: keyed('pic_photo_or_album', 'MENU_PIC', pictures),
  pic_weixin: keyed('pic_weixin', 'MENU_PIC', pictures),
  location_select: keyed('location_select', 'MENU_PLACE', place),
  template_card_event: keyed('template_card_event', 'ack', [
    ...card('button_interaction'),
    ...selected('OptionIds', 'OptionId'),
  ]),
  'template_card_event#misspelt': keyed('template_card_event', 'ack', [
    ...card('vote_interaction'),
    ...selected('OpitonIds', 'OpitonId'),
  ]),
  template_card_menu_event: keyed('template_card_menu_event', 'mute', card('text_notice')),
  taskcard_click: keyed('taskcard_click', 'yes', [['TaskId', 'task-7']]),
  batch_job_result: system(() => [
    ['Event', 'batch_job_result'],
    [
      'BatchJob',
      [
        ['JobId', 'SAMPLE_JOB'],
        ['JobType', 'sync_user'],
        ['ErrCode', 0],
        ['ErrMsg', 'ok'],
      ],
    ],
  ]),
  upload_media_job_finish: system(() => [
    ['Event', 'upload_media_job_finish'],
    ['JobId', 'SAMPLE_UPLOAD_JOB'],
  ]),
  switch_workbench_mode: system(({ agentId }) => [
    ['Event', 'switch_workbench_mode'],
    ['Mode', 1],
    ['AgentID', agentId],
  ]),
  ...inactivity(),
  share_agent_change: system(() => [
    ['Event', 'share_agent_change'],
    ['AppId', 11],
    ['CorpId', 'wwsample0downstream'],
    ['AgentId', 1000009],
  ]),
  share_chain_change: system(() => [
    ['Event', 'share_chain_change'],
    ['AppId', 12],
    ['CorpId', 'wwsample0downstream'],
    ['AgentId', 1000009],
  ]),
  'security/change_domain_ip': system(() => [
    ['Event', 'security'],
    ['ChangeType', 'change_domain_ip'],
  ]),
  submit_vip_account_approval: byMember('submit_vip_account_approval', () => [
    ['ApplyReason', '客户多'],
    ['BusinessType', 1],
    ['ApplyId', 'SAMPLE_APPLY'],
  ]),
  finish_vip_account_approval: byMember('finish_vip_account_approval', () => [
    ['FinishType', 1],
    ['ApplyId', 'SAMPLE_APPLY'],
  ]),
};

/** Warnings carry the time they take effect, the others nothing. */
function inactivity(): Samples {
  const timed = ['inactive_alert', 'low_active_alert'];
  const names = [...timed, 'close_inactive_agent', 'reopen_inactive_agent', 'low_active', 'active_restored'];
  return Object.fromEntries(
    names.map((event) => [
      event,
      system(({ agentId }) => [
        ['Event', event],
        ...(timed.includes(event) ? ([['EffectTime', 1_767_830_400]] as const) : []),
        ['AgentID', agentId],
      ]),
    ]),
  );
}

/** Messages from staff to the app (§11). */
const messages: Samples = {
  'message/text': message('text', [['Content', '今天']]),
  'message/image': message('image', [
    ['PicUrl', 'https://pic.example.invalid/1'],
    ['MediaId', 'SAMPLE_MEDIA'],
  ]),
  'message/voice': message('voice', [
    ['MediaId', 'SAMPLE_MEDIA'],
    ['Format', 'amr'],
  ]),
  'message/video': message('video', [
    ['MediaId', 'SAMPLE_MEDIA'],
    ['ThumbMediaId', 'SAMPLE_THUMB'],
  ]),
  'message/location': message('location', [
    ['Location_X', bare('31.230')],
    ['Location_Y', bare('121.474')],
    ['Scale', 16],
    ['Label', '上海'],
    ['AppType', 'wxwork'],
  ]),
  'message/link': message('link', [
    ['Title', '方案'],
    ['Description', '第二版'],
    ['Url', 'https://crm.example.invalid/p/2'],
    ['PicUrl', ''],
  ]),
};

export const appSamples: Samples = { ...app, ...messages };
