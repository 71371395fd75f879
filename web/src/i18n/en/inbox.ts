import type { Mirror } from '../mirror';
import type { inbox as zh } from '../zh-CN/inbox';

export const inbox: Mirror<typeof zh> = {
  title: 'Inbox events',
};
