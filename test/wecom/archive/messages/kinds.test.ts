import { kinds } from '../../../../src/wecom/archive/messages/kinds';
import { everything, type Message, parseMessage } from '../../../../src/wecom/archive/messages/parse';

const at = new Date('2025-10-09T08:53:20.000Z');
const seconds = at.getTime() / 1000;

/** One message of a kind, with its content under the name WeCom puts it. */
function message(type: string, under: string, content: object, more: object = {}): Message {
  const head = {
    msgid: 'm1_external',
    action: 'send',
    from: 'lin',
    tolist: ['wm1'],
    roomid: '',
    msgtime: at.getTime(),
  };
  const parsed = parseMessage(JSON.stringify({ ...head, msgtype: type, [under]: content, ...more }));
  if (!parsed) throw new Error('no message');
  return parsed;
}

const file = { file_id: 'FILE', md5: 'abc', size: 900, name: null };
const fileFields = { sdkfileid: 'FILE', md5sum: 'abc', filesize: 900 };

interface Sample {
  /** Where the content stands, when not under the kind's name. */
  under?: string;
  content: object;
  more?: object;
  expect: Partial<Message>;
}

/** One of each kind of wecom-archive §4.3. */
const samples: Record<string, Sample> = {
  text: {
    content: { content: '报价单稍后发您' },
    expect: { body: { text: '报价单稍后发您', quote: null }, texts: ['报价单稍后发您'] },
  },
  image: { content: fileFields, expect: { body: { size: 900 }, media: file } },
  revoke: {
    content: { pre_msgid: 'm0' },
    more: { action: 'recall' },
    expect: { action: 'recall', body: { msgid: 'm0' } },
  },
  agree: {
    content: { userid: 'wm1', agree_time: at.getTime() },
    expect: { body: { external_userid: 'wm1', at } },
  },
  disagree: {
    content: { userid: 'wm1', disagree_time: at.getTime() },
    expect: { body: { external_userid: 'wm1', at } },
  },
  voice: {
    content: { sdkfileid: 'FILE', md5sum: '', voice_size: 7012, play_length: 6 },
    expect: { body: { size: 7012, seconds: 6 }, media: { file_id: 'FILE', md5: null, size: 7012, name: null } },
  },
  video: { content: { ...fileFields, play_length: 21 }, expect: { body: { size: 900, seconds: 21 }, media: file } },
  card: {
    content: { corpname: '微信联系人', userid: 'wm9' },
    expect: { body: { corp_name: '微信联系人', person: 'wm9' }, texts: ['微信联系人'] },
  },
  location: {
    content: { longitude: 121.4737, latitude: 31.2304, address: '示例路1号', title: '门店', zoom: 15 },
    expect: {
      body: { longitude: 121.4737, latitude: 31.2304, address: '示例路1号', title: '门店', zoom: 15 },
      texts: ['门店', '示例路1号'],
    },
  },
  emotion: {
    content: { type: 1, width: 120, height: 90, imagesize: 900, md5sum: 'abc', sdkfileid: 'FILE' },
    expect: { body: { format: 'gif', width: 120, height: 90, size: 900 }, media: file },
  },
  file: {
    content: { ...fileFields, filename: '报价单.xlsx', fileext: 'xlsx' },
    expect: {
      body: { name: '报价单.xlsx', extension: 'xlsx', size: 900 },
      texts: ['报价单.xlsx'],
      media: { ...file, name: '报价单.xlsx' },
    },
  },
  link: {
    content: {
      title: '活动',
      description: '详情',
      link_url: 'https://example.com/a',
      image_url: 'https://example.com/a.jpg',
    },
    expect: {
      body: {
        title: '活动',
        description: '详情',
        url: 'https://example.com/a',
        image_url: 'https://example.com/a.jpg',
      },
      texts: ['活动', '详情', 'https://example.com/a'],
    },
  },
  weapp: {
    content: {
      title: '选购',
      description: '商城',
      username: 'gh_1@app',
      displayname: '示例',
      appid: 'wx1',
      pagepath: 'p/i',
    },
    expect: {
      body: { title: '选购', description: '商城', name: '示例', username: 'gh_1@app', app_id: 'wx1', page: 'p/i' },
      texts: ['选购', '商城', '示例'],
    },
  },
  chatrecord: {
    content: { title: '群聊的聊天记录', item: [] },
    expect: { body: { title: '群聊的聊天记录' }, texts: ['群聊的聊天记录'], items: [] },
  },
  mixed: { content: { item: [] }, expect: { body: {}, items: [] } },
  note: { under: 'info', content: { items: [] }, expect: { body: {}, items: [] } },
  todo: {
    content: { title: '来自群聊', content: '周五前回访' },
    expect: { body: { title: '来自群聊', text: '周五前回访' }, texts: ['来自群聊', '周五前回访'] },
  },
  vote: {
    content: { votetitle: '地点', voteitem: ['山', '海'], votetype: 101, voteid: 'v1' },
    expect: {
      body: { title: '地点', options: ['山', '海'], takes_part: false, vote_id: 'v1' },
      texts: ['地点', '山', '海'],
    },
  },
  collect: {
    content: {
      ...{ room_name: '示例群', creator: 'lin', create_time: '2025-10-09 16:53:37', title: '报名表' },
      details: [{ id: 2, ques: '姓名', type: 'Text' }],
    },
    expect: {
      body: {
        ...{ group_name: '示例群', creator: 'lin', created: '2025-10-09 16:53:37', title: '报名表' },
        questions: [{ id: '2', text: '姓名', type: 'Text' }],
      },
      texts: ['报名表', '姓名'],
    },
  },
  redpacket: {
    content: { type: 1, wish: '辛苦了', totalcnt: 1, totalamount: 8800 },
    expect: { body: { kind: 1, wish: '辛苦了', count: 1, amount: 8800, currency: 'CNY' }, texts: ['辛苦了'] },
  },
  external_redpacket: {
    under: 'redpacket',
    content: { type: 2, wish: '感谢', totalcnt: 3, totalamount: 20000 },
    expect: { body: { kind: 2, wish: '感谢', count: 3, amount: 20000, currency: 'CNY' } },
  },
  meeting: {
    content: { topic: '周会', starttime: seconds, endtime: seconds, address: '三楼', remarks: '带电脑', meetingid: 12 },
    expect: {
      body: {
        ...{ topic: '周会', starts_at: at, ends_at: at, address: '三楼', remarks: '带电脑', meeting_id: '12' },
        ...{ kind: null, status: null },
      },
      texts: ['周会', '三楼', '带电脑'],
    },
  },
  meeting_notification: {
    under: 'info',
    content: { content: '会议已结束', meeting_id: 7, notification_type: 2 },
    expect: { body: { text: '会议已结束', meeting_id: '7', ended: true }, texts: ['会议已结束'] },
  },
  docmsg: {
    under: 'doc',
    content: { title: '客户清单', doc_creator: 'lin', link_url: 'https://doc.example.com/d1' },
    expect: { body: { title: '客户清单', url: 'https://doc.example.com/d1', creator: 'lin' } },
  },
  markdown: {
    under: 'info',
    content: { content: '**告警**' },
    expect: { body: { text: '**告警**' }, texts: ['**告警**'] },
  },
  news: {
    under: 'info',
    content: {
      item: [{ title: '公告', description: '十月', url: 'https://example.com/n', picurl: 'https://example.com/p' }],
    },
    expect: {
      body: {
        articles: [
          { title: '公告', description: '十月', url: 'https://example.com/n', image_url: 'https://example.com/p' },
        ],
      },
      texts: ['公告', '十月', 'https://example.com/n'],
    },
  },
  calendar: {
    content: {
      ...{ title: '拜访', creatorname: '林', attendeename: ['乔'], place: '会议室', remarks: '带合同' },
      ...{ starttime: seconds, endtime: seconds },
    },
    expect: {
      body: {
        ...{ title: '拜访', creator: '林', attendees: ['乔'], place: '会议室', remarks: '带合同' },
        ...{ starts_at: at, ends_at: at },
      },
      texts: ['拜访', '会议室', '带合同'],
    },
  },
  meeting_voice_call: {
    content: {
      ...{ endtime: seconds, sdkfileid: 'FILE' },
      demofiledata: [{ filename: '方案.docx', demooperator: 'lin', starttime: 1, endtime: 2 }],
      sharescreendata: [{ share: 'lin', starttime: 1, endtime: 2 }],
    },
    more: { voiceid: 'g1', roomid: undefined },
    expect: {
      body: { ends_at: at, files: [{ name: '方案.docx', operator: 'lin' }], screens: [{ shared_by: 'lin' }] },
      media: { file_id: 'FILE', md5: null, size: null, name: null },
      texts: ['方案.docx'],
    },
  },
  voip_doc_share: {
    content: { filename: '合同.pdf', md5sum: 'abc', filesize: 900, sdkfileid: 'FILE' },
    more: { voipid: 'g2' },
    expect: { body: { name: '合同.pdf', size: '900' }, media: { ...file, name: '合同.pdf' } },
  },
  sphfeed: {
    content: { feed_type: 4, sph_name: '示例号', feed_desc: '新品' },
    expect: { body: { kind: 4, channel: '示例号', text: '新品' }, texts: ['示例号', '新品'] },
  },
  voiptext: { under: 'info', content: { callduration: 35, invitetype: 2 }, expect: { body: { seconds: 35, kind: 2 } } },
  qydiskfile: {
    under: 'info',
    content: { filename: '手册.pdf', url: 'https://drive.example.com/s' },
    expect: { body: { name: '手册.pdf', url: 'https://drive.example.com/s' }, texts: ['手册.pdf'] },
  },
  solitaire: {
    under: 'info',
    content: { solitaire_type: 102, solitaire_content: '#接龙\n午餐' },
    expect: { body: { joins: true, text: '#接龙\n午餐' }, texts: ['#接龙\n午餐'] },
  },
};

describe('one of every kind of message', () => {
  it.each(Object.entries(samples))('%s', (type, sample) => {
    const read = message(type, sample.under ?? type, sample.content, sample.more);
    expect(read).toMatchObject({ msgid: 'm1_external', from: 'lin', to: ['wm1'], chat_id: null, sent_at: at, type });
    expect(read).toMatchObject({ known: true, ...sample.expect });
  });

  it('there is a sample of every kind we read', () => {
    expect(Object.keys(samples).sort()).toEqual(Object.keys(kinds).sort());
  });

  it('a switch of companies has its own head', () => {
    const text = JSON.stringify({ msgid: 'm2', action: 'switch', time: at.getTime(), user: 'lin' });
    expect(parseMessage(text)).toMatchObject({ action: 'switch', type: 'switch', from: 'lin', to: [], sent_at: at });
  });
});

describe('what is inside', () => {
  const part = (type: string, content: object, more: object = {}) => ({
    type,
    content: JSON.stringify(content),
    ...more,
  });

  it('forwarded conversations, mixed messages and notes are opened to the last, each with its way there', () => {
    const inner = part('ChatRecordMixed', { item: [part('text', { content: '如图' }), part('image', fileFields)] });
    const read = message('chatrecord', 'chatrecord', {
      title: '聊天记录',
      item: [part('ChatRecordText', { content: '先付定金' }, { msgtime: seconds, from_chatroom: true }), inner],
    });
    const found = [...everything(read)].map(({ path, type, texts, media }) => ({
      path,
      type,
      texts,
      media: media?.file_id,
    }));
    expect(found).toEqual([
      { path: '', type: 'chatrecord', texts: ['聊天记录'], media: undefined },
      { path: 'item[0]', type: 'text', texts: ['先付定金'], media: undefined },
      { path: 'item[1]', type: 'mixed', texts: [], media: undefined },
      { path: 'item[1].item[0]', type: 'text', texts: ['如图'], media: undefined },
      { path: 'item[1].item[1]', type: 'image', texts: [], media: 'FILE' },
    ]);
    expect(read.items[0]?.sent_at).toEqual(at);
  });

  it('a note keeps its parts under another name', () => {
    const read = message('note', 'info', { items: [{ msg_type: 'file', content: JSON.stringify(fileFields) }] });
    expect(read.items).toMatchObject([{ path: 'items[0]', type: 'file', media: { file_id: 'FILE' } }]);
  });

  it('S20 who nests without end, or thousands of parts, is read as far as is sensible and kept', () => {
    let deep: object = { type: 'ChatRecordText', content: { content: '底' } };
    for (let i = 0; i < 40; i++) deep = { type: 'ChatRecordChatrecord', content: { title: `${i}`, item: [deep] } };
    const read = message('chatrecord', 'chatrecord', { title: '', item: [deep] });
    const all = [...everything(read)];
    expect(all.length).toBeLessThan(12);
    expect(all.at(-1)?.known).toBe(false);
    const many = message('mixed', 'mixed', {
      item: Array.from({ length: 3000 }, () => part('text', { content: 'a' })),
    });
    expect(many.items).toHaveLength(3000);
    expect(many.items.filter((item) => item.known)).toHaveLength(2000);
  });

  it('a part that is no JSON is kept as it came', () => {
    const odd = { type: 'ChatRecordText', content: 'kein JSON' };
    const read = message('chatrecord', 'chatrecord', { title: 't', item: [odd] });
    expect(read.items[0]).toMatchObject({ type: 'text', known: false, body: { raw: odd } });
  });
});

describe('what is odd', () => {
  it('AR3 a kind nobody knows yet is kept raw', () => {
    const read = message('hologram', 'hologram', { beam: 1 });
    expect(read).toMatchObject({ type: 'hologram', known: false, body: { raw: { hologram: { beam: 1 } } } });
  });

  it.each(['constructor', '__proto__', 'toString'])('S3 a kind called %s is just unknown', (type) => {
    expect(message(type, 'x', {})).toMatchObject({ type, known: false });
  });

  it('AR5 numbers of 64 bits keep every digit', () => {
    const text = `{"msgid":"m","msgtime":1760000000000,"msgtype":"meeting","meeting":{"meetingid":18446744073709551610}}`;
    expect(parseMessage(text)?.body.meeting_id).toBe('18446744073709551610');
    const form = `{"msgid":"m","msgtype":"collect","collect":{"details":[{"id":11101571002822706744,"ques":"名","type":"Text"}]}}`;
    expect(parseMessage(form)?.body.questions).toEqual([{ id: '11101571002822706744', text: '名', type: 'Text' }]);
  });

  it('a vote whose fields stand beside the head is read all the same', () => {
    const read = message('vote', 'votetitle', '地点' as unknown as object, {
      voteitem: ['山'],
      votetype: 102,
      voteid: 'v',
    });
    expect(read.body).toEqual({ title: '地点', options: ['山'], takes_part: true, vote_id: 'v' });
  });

  it('a time of zero is no time', () => {
    expect(message('text', 'text', { content: 'a' }, { msgtime: 0 }).sent_at).toBeNull();
  });

  it.each([
    ['这是一条引用/回复消息：\n乔：\n几点到？\n------\n三点', { quoted: '乔：\n几点到？', reply: '三点' }],
    ['This is a quote/reply:\nQiao:\nWhen?\n------\nThree', { quoted: 'Qiao:\nWhen?', reply: 'Three' }],
    ['这是一条引用/回复消息：没有分隔线', null],
    ['几点到？\n------\n三点', null],
  ])('a quotation and its answer are split: %j', (content, quote) => {
    expect(message('text', 'text', { content }).body).toEqual({ text: content, quote });
  });

  it.each(['', 'x', '[]', '{}', '{"msgid":""}', '{"msgid":5}', 'null'])('%j is no message', (text) => {
    expect(parseMessage(text)).toBeUndefined();
  });

  it('control signs and halves of signs survive', () => {
    const content = '\u0011 \u202e تجربة \ud83d';
    expect(message('text', 'text', { content }).texts).toEqual([content]);
  });
});
