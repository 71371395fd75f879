import { hours, shanghaiDay, toUnix } from '../../core/clock';
import { linkTitles, meetingTopics, pollTitles } from '../world/phrases';
import type { Maker } from './content';
import { longNumber } from './kit';

/** What colleagues send each other, and what robots say in their groups. */
export const workContent: Readonly<Record<string, Maker>> = {
  todo: ({ text }) => ({ todo: { title: '来自群聊', content: text } }),
  vote: ({ random }) => ({
    vote: {
      votetitle: random.pick(pollTitles),
      voteitem: ['第一种', '第二种', '都可以'],
      votetype: random.pick([101, 102]),
      voteid: random.id('vote', 16),
    },
  }),
  collect: ({ random, at, speaker }) => ({
    collect: {
      room_name: '晨星智联工作群',
      creator: speaker,
      create_time: `${shanghaiDay(at)} 16:53:37`,
      title: '报名表',
      details: [
        { id: longNumber(random), ques: '姓名', type: 'Text' },
        { id: 2, ques: '人数', type: 'Number' },
        { id: 3, ques: '到达日期', type: 'Date' },
      ],
    },
  }),
  meeting: ({ random, at }) => ({
    meeting: {
      topic: random.pick(meetingTopics),
      starttime: toUnix(at) + 3600,
      endtime: toUnix(at) + 7200,
      address: '三楼会议室',
      remarks: '请带上本周数据',
      meetingid: longNumber(random),
    },
  }),
  meeting_notification: ({ random, speaker }) => ({
    info: { content: `${speaker}的快速会议 已结束`, meeting_id: longNumber(random), notification_type: 2 },
  }),
  docmsg: ({ random, speaker }) => ({
    doc: { title: '客户清单', doc_creator: speaker, link_url: `https://doc.example.com/${random.hex(6)}` },
  }),
  markdown: ({ text }) => ({ info: { content: `**提醒** ${text}` } }),
  news: ({ random }) => ({
    info: {
      item: [
        {
          title: random.pick(linkTitles),
          description: '点击查看',
          url: 'https://example.com/n',
          picurl: 'https://example.com/n.jpg',
        },
      ],
    },
  }),
  calendar: ({ at, speaker }) => ({
    calendar: {
      title: '客户拜访',
      creatorname: speaker,
      attendeename: [speaker],
      starttime: toUnix(at) + hours(24) / 1000,
      endtime: toUnix(at) + hours(25) / 1000,
      place: '客户公司',
      remarks: '',
    },
  }),
  solitaire: ({ text }) => ({ info: { solitaire_type: 101, solitaire_content: `#接龙\n${text}\n\n1. 报名` } }),
};
