import type { Language } from './report-words';

interface About {
  /** As the customer calls themselves; what staff call them is not for their eyes. */
  customer: string;
  giver: string;
  successor: string;
  hasLeft: boolean;
  /** Something the customer wrote stands without an answer. */
  isOwed: boolean;
}

/** How a successor may begin: who they are, whom they follow, what they offer. A suggestion, never sent by itself. */
export const firstMessage = ({ customer, giver, successor, hasLeft, isOwed }: About): Record<Language, string> => ({
  'zh-CN': [
    `${customer}您好，我是${successor}。`,
    hasLeft ? `之前为您服务的${giver}已离职，` : `因工作调整，${giver}不再负责您这边，`,
    '今后由我为您服务。',
    isOwed ? '您之前的留言还没有得到回复，我看过后尽快答复您。' : '之前谈到的事情我会继续跟进，',
    '有任何需要，随时告诉我。',
  ].join(''),
  en: [
    customer === '' ? `Hello, this is ${successor}.` : `Hello ${customer}, this is ${successor}.`,
    hasLeft ? `${giver}, who looked after you, has left;` : `${giver} now has other duties;`,
    'from now on I am here for you.',
    isOwed
      ? 'Your last message has not been answered yet: I will look at it and come back to you soon.'
      : 'I will carry on with whatever you agreed on.',
    'Just write to me if you need anything.',
  ].join(' '),
});
