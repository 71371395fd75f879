import { archiveKeys, sealMessage } from './archive-library';

export const customer = 'wmDEMOaaaa0000000000000000000001';
export const group = 'wrDEMOroom00000000000000000000001';
const began = Date.parse('2025-11-20T01:00:00Z');

/** What somebody says: the fields WeCom would send beside the head of a message. */
export interface Saying {
  from?: string;
  to?: string[];
  chat?: string;
  more: object;
  /** Minutes since the one before. */
  after?: number;
}

/** Numbers messages and seals them as the stand-in library opens them; talks under several keys begin apart. */
export function createTalk(key = archiveKeys(1), last = 1_000) {
  let number = last;
  let at = began;
  return {
    key,
    said({ from = 'lin', to = [customer], chat = '', more, after = 1 }: Saying) {
      number += 1;
      at += after * 60_000;
      const seq = String(number);
      const msgid = `${seq}_external`;
      const head = { msgid, action: 'send', from, tolist: to, roomid: chat, msgtime: at };
      return { seq, msgid, envelope: sealMessage(JSON.stringify({ ...head, ...more }), { ...key, seq, msgid }) };
    },
  };
}

export const text = (content: string): object => ({ msgtype: 'text', text: { content } });

const inside = (type: string, content: object) => ({ type, content: JSON.stringify(content) });
const file = (sdkfileid: string) => ({ sdkfileid, md5sum: '', filesize: 48_211 });
const seconds = began / 1000;

/** One of each kind (wecom-archive §4.4). */
export const everyKind: Readonly<Record<string, object>> = {
  text: text('您好，报价单稍后发您'),
  quote: text('这是一条引用/回复消息：\nlin：\n几点到？\n------\n三点，在前台等您'),
  image: { msgtype: 'image', image: file('IMAGE') },
  voice: { msgtype: 'voice', voice: { sdkfileid: 'VOICE', md5sum: '', voice_size: 7_012, play_length: 6 } },
  video: { msgtype: 'video', video: { ...file('VIDEO'), play_length: 21 } },
  card: { msgtype: 'card', card: { corpname: '微信联系人', userid: customer } },
  location: {
    msgtype: 'location',
    location: { longitude: 121.4737, latitude: 31.2304, address: '示例市示例区示例路1号', title: '示例门店', zoom: 15 },
  },
  emotion: { msgtype: 'emotion', emotion: { type: 1, width: 120, height: 120, imagesize: 20_480, sdkfileid: 'EMO' } },
  file: { msgtype: 'file', file: { ...file('FILE'), filename: '报价单（第三版，含税，最终）.xlsx', fileext: 'xlsx' } },
  link: {
    msgtype: 'link',
    link: { title: '活动说明', description: '详情见页面', link_url: 'https://example.com/a?b=1', image_url: '' },
  },
  weapp: {
    msgtype: 'weapp',
    weapp: { title: '选购商品', description: '示例商城', displayname: '示例商城', pagepath: 'pages/goods/index' },
  },
  chatrecord: {
    msgtype: 'chatrecord',
    chatrecord: {
      title: '群聊的聊天记录',
      item: [
        { ...inside('ChatRecordText', { content: '先付定金' }), msgtime: seconds },
        { ...inside('ChatRecordImage', file('NESTED')), msgtime: seconds + 10 },
        { ...inside('ChatRecordMixed', { item: [inside('ChatRecordText', { content: '如图' })] }), msgtime: seconds },
        { ...inside('ChatRecordHologram', { content: '?' }), msgtime: seconds + 20 },
      ],
    },
  },
  mixed: { msgtype: 'mixed', mixed: { item: [inside('text', { content: '看这个' }), inside('image', file('MIXED'))] } },
  todo: { msgtype: 'todo', todo: { title: '来自群聊', content: '周五前回访' } },
  vote: { msgtype: 'vote', vote: { votetitle: '团建地点', voteitem: ['山', '海'], votetype: 101, voteid: 'v1' } },
  collect: {
    msgtype: 'collect',
    collect: { room_name: '示例群', creator: 'lin', title: '报名表', details: [{ id: 1, ques: '姓名', type: 'Text' }] },
  },
  redpacket: { msgtype: 'redpacket', redpacket: { type: 1, wish: '辛苦了', totalcnt: 1, totalamount: 8_800 } },
  external_redpacket: {
    msgtype: 'external_redpacket',
    redpacket: { type: 2, wish: '感谢支持', totalcnt: 3, totalamount: 20_000 },
  },
  meeting: {
    msgtype: 'meeting',
    meeting: { topic: '周会', starttime: seconds, endtime: seconds + 3_600, address: '三号会议室', meetingid: 1110 },
  },
  meeting_notification: {
    msgtype: 'meeting_notification',
    info: { content: '快速会议已结束', meeting_id: 6072, notification_type: 2 },
  },
  docmsg: { msgtype: 'docmsg', doc: { title: '客户清单', doc_creator: 'lin', link_url: 'https://example.com/d1' } },
  markdown: { msgtype: 'markdown', info: { content: '**告警** 请查看' } },
  news: {
    msgtype: 'news',
    info: { item: [{ title: '公告', description: '十月', url: 'https://example.com/n', picurl: '' }] },
  },
  calendar: {
    msgtype: 'calendar',
    calendar: {
      ...{ title: '拜访', creatorname: 'lin', attendeename: ['qiao', 'hao'], starttime: seconds },
      ...{ endtime: seconds + 3_600, place: '客户公司', remarks: '' },
    },
  },
  meeting_voice_call: {
    msgtype: 'meeting_voice_call',
    meeting_voice_call: {
      ...{ endtime: seconds, sdkfileid: 'CALL', sharescreendata: [{ share: 'lin' }] },
      demofiledata: [{ filename: '方案.docx', demooperator: 'lin' }],
    },
  },
  voip_doc_share: { msgtype: 'voip_doc_share', voip_doc_share: { ...file('SHARED'), filename: '合同.pdf' } },
  sphfeed: { msgtype: 'sphfeed', sphfeed: { feed_type: 4, sph_name: '示例视频号', feed_desc: '新品' } },
  voiptext: { msgtype: 'voiptext', info: { callduration: 35, invitetype: 2 } },
  qydiskfile: { msgtype: 'qydiskfile', info: { filename: '手册.pdf', url: 'https://example.com/s?k=demo' } },
  solitaire: { msgtype: 'solitaire', info: { solitaire_type: 101, solitaire_content: '#接龙\n午餐\n\n1. lin' } },
  note: {
    msgtype: 'note',
    info: {
      items: [
        { msg_type: 'text', content: JSON.stringify({ content: '会议纪要' }) },
        { msg_type: 'file', content: JSON.stringify({ ...file('NOTE'), filename: 'a.pub' }) },
      ],
    },
  },
  agree: { msgtype: 'agree', agree: { userid: customer, agree_time: began } },
  disagree: { msgtype: 'disagree', disagree: { userid: customer, disagree_time: began } },
  hologram: { msgtype: 'hologram', hologram: { depth: 3 } },
};
